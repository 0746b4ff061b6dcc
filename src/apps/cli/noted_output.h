// Output that remembers why it could not be written: what stdio could not write, it forgets.
#pragma once

#include <cerrno>
#include <streambuf>

namespace hotseat::cli {

// Passes everything on to `real`, which outlives it.
class NotedOutput : public std::streambuf {
 public:
  explicit NotedOutput(std::streambuf& real) : real_(real) {}
  int error() const { return error_; }  // the first one, an errno; 0: none

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const int_type put = real_.sputc(traits_type::to_char_type(c));
    note(!traits_type::eq_int_type(put, traits_type::eof()));
    return put;
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    const std::streamsize put = real_.sputn(text, size);
    note(put == size);
    return put;
  }
  int sync() override {
    const int synced = real_.pubsync();
    note(synced == 0);
    return synced;
  }

 private:
  void note(bool well) {
    if (!well && error_ == 0) error_ = errno;
  }

  std::streambuf& real_;
  int error_ = 0;
};

}  // namespace hotseat::cli
