#include "sim/libvirtd.h"

#include <algorithm>
#include <utility>

namespace hotseat::sim {

Libvirtd::Libvirtd(ports::Clock& clock, Pace& pace, Machines& machines)
    : pace_(pace), machines_(machines), agenda_(clock) {
  ends_ = machines_.listen_to_ends([this](const DomainName& domain) { fail_jobs(domain); });
}

void Libvirtd::go_down() {
  if (!up_) return;
  up_ = false;
  for (auto& [domain, jobs] : std::exchange(jobs_, {})) {
    for (const JobPtr& job : jobs) {
      job->answer = nullptr;
      // What QEMU was told already happens all the same; whether it was is chance.
      if (job != jobs.front() || pace_.coin()) agenda_.cancel(job->next);
    }
  }
  bell_.ring();
}

void Libvirtd::come_up() {
  if (up_) return;
  up_ = true;
  bell_.ring();
}

void Libvirtd::restart() {
  go_down();
  agenda_.in(pace_.draw(std::chrono::seconds(1)), [this] { come_up(); });
}

void Libvirtd::fault_next(Operation operation, Fault fault) {
  faults_[operation].push_back(std::move(fault));
}

void Libvirtd::start(const DomainName& domain,
                     const std::function<void(const std::string&)>& progress, ports::Done answer) {
  const auto boot = pace_.draw(pace_.timing().boot);
  if (progress) {
    agenda_.in({}, [progress, name = domain.str()] { progress("starting " + name); });
    agenda_.in(boot / 2,
               [progress, name = domain.str()] { progress("waiting until " + name + " runs"); });
  }
  auto effect = [this, domain]() -> Expected<void> {
    const std::string context = "start " + domain.str();
    if (machines_.find(domain) == nullptr) return fail({context, domain.str(), "not found", ""});
    if (machines_.is_active(domain)) {
      return fail({context, domain.str(), "domain is already running", ""});
    }
    machines_.boot(domain);
    return {};
  };
  submit(domain, {Operation::start, boot * 4 / 5, boot / 5, effect, std::move(answer)});
}

void Libvirtd::attach(const DomainName& domain, const UsbAddress& address, const std::string& alias,
                      ports::Done answer) {
  const auto all = pace_.draw(pace_.timing().attach);
  auto effect = [this, domain, address, alias] { return machines_.plug(domain, address, alias); };
  submit(domain, {Operation::attach, all * 3 / 5, all * 2 / 5, effect, std::move(answer)});
}

void Libvirtd::detach(const DomainName& domain, const std::string& alias, ports::Done answer) {
  const auto all = pace_.draw(pace_.timing().detach);
  auto effect = [this, domain, alias]() -> Expected<void> {
    if (!machines_.has_alias(domain, alias)) {
      return fail({"detach " + alias, domain.str(), "device not found", ""});
    }
    machines_.unplug(domain, alias);
    return {};
  };
  submit(domain, {Operation::detach, all * 4 / 5, all / 5, effect, std::move(answer)});
}

void Libvirtd::submit(const DomainName& domain, Job job) {
  auto& jobs = jobs_[domain];
  jobs.push_back(std::make_shared<Job>(std::move(job)));
  if (jobs.size() == 1) begin_next(domain);
}

void Libvirtd::begin_next(const DomainName& domain) {
  auto& jobs = jobs_[domain];
  if (!jobs.empty()) begin(domain, jobs.front());
}

void Libvirtd::begin(const DomainName& domain, const JobPtr& job) {
  const auto fault = take_fault(job->operation);
  if (fault && fault->kind == Fault::Kind::stuck) return;
  if (fault && fault->kind == Fault::Kind::late) job->before += fault->delay;
  if (fault && fault->kind == Fault::Kind::refused) {
    const Error refusal{"", domain.str(), fault->reason, ""};
    job->effect = [refusal]() -> Expected<void> { return fail(refusal); };
  }
  if (fault && fault->kind == Fault::Kind::lost) job->effect = [] { return Expected<void>(); };
  const bool answers =
      !fault || (fault->kind != Fault::Kind::lost && fault->kind != Fault::Kind::unanswered);
  job->next =
      agenda_.in(job->before, [this, domain, job, answers] { take_effect(domain, job, answers); });
}

void Libvirtd::take_effect(const DomainName& domain, const JobPtr& job, bool answers) {
  const auto result = job->effect();
  if (!job->answer) return;  // the daemon went down meanwhile
  if (!answers) job->answer = [](const Expected<void>&) {};
  job->next = agenda_.in(job->after, [this, domain, job, result] { finish(domain, job, result); });
}

void Libvirtd::finish(const DomainName& domain, const JobPtr& job, const Expected<void>& result) {
  if (!job->answer) return;  // the daemon went down meanwhile
  jobs_[domain].pop_front();
  begin_next(domain);
  job->answer(result);
}

void Libvirtd::fail_jobs(const DomainName& domain) {
  auto jobs = std::exchange(jobs_[domain], {});
  for (const JobPtr& job : jobs) {
    agenda_.cancel(job->next);
    agenda_.in({}, [job, domain] {
      if (!job->answer) return;
      job->answer(fail({"", domain.str(), "domain is not running", ""}));
    });
  }
}

std::optional<Fault> Libvirtd::take_fault(Operation operation) {
  auto& faults = faults_[operation];
  if (faults.empty()) return std::nullopt;
  auto fault = std::move(faults.front());
  faults.pop_front();
  return fault;
}

}  // namespace hotseat::sim
