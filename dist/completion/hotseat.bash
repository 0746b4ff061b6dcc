# Completion of hotseat(1) for bash-completion.

# The guests' names, asked from the daemon; nothing when it is away.
_hotseat_guests() {
  local bus=()
  [[ " ${COMP_WORDS[*]} " == *" --session-bus "* ]] && bus=(--session-bus)
  hotseat "${bus[@]}" guests --json 2>/dev/null | grep -o '"name":"[^"]*"' | cut -d '"' -f 4
}

_hotseat() {
  local cur prev words cword
  _init_completion || return

  # The command, and what follows it: "web" "pair".
  local word before="" command="" second=""
  for word in "${words[@]:1:cword-1}"; do
    if [[ $word != -* && $before != --control ]]; then
      [[ -n $command ]] && second=$word && break
      command=$word
    fi
    before=$word
  done

  case $command,$prev in
    setup,--key-file | setup,--public-key | setup,--authorized-keys | web,--control)
      _filedir
      return
      ;;
    setup,--directory)
      _filedir -d
      return
      ;;
    setup,--only | snippets,--url | snippets,--token) return ;;
  esac

  local options="--json --session-bus --no-color --help"
  case $command,$second in
    ,) options+=" --version" ;;
    switch,*) options+=" --dry-run" ;;
    monitors,*) options+=" --probe" ;;
    guest,*) options+=" --dry-run --yes --undo --force --optional" ;;
    import,*) options+=" --domain --guest --web-toml --force" ;;
    setup,desktop) options+=" --undo --directory --dry-run" ;;
    setup,ssh) options+=" --undo --key-file --public-key --only --authorized-keys --yes" ;;
    snippets,*) options+=" --url --token" ;;
    web,pair) options+=" --control --qr" ;;
    web,*) options+=" --control" ;;
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
    return
  fi

  local choices=""
  case $command in
    "") choices="status switch next release devices monitors guests guest watch notify snippets web reload config import setup version" ;;
    switch) [[ $prev == switch || $prev == -* ]] && choices="host guest $(_hotseat_guests)" ;;
    guest)
      case $prev in
        guest) choices="prepare" ;;
        prepare | -*) choices=$(_hotseat_guests) ;;
      esac
      ;;
    import)
      if [[ $prev == import ]]; then
        choices="virtkvm vfio-kvm virt-aid vm-attach.sh usbserver"
      elif [[ $prev == --guest ]]; then
        choices=$(_hotseat_guests)
      else
        _filedir
        return
      fi
      ;;
    snippets) [[ $prev == snippets || $prev == -* ]] && choices=$(_hotseat_guests) ;;
    setup) [[ $prev == setup ]] && choices="ssh desktop" ;;
    web) [[ $prev == web ]] && choices="pair list unpair token" ;;
    config)
      if [[ " ${words[*]:1:cword-1} " != *" check "* ]]; then
        choices="check"
      else
        _filedir toml
        return
      fi
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$cur")
}

complete -F _hotseat hotseat
