#include "KillSwitch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>
#include <system_error>

namespace tram::kills {

KillSwitch::KillSwitch(std::filesystem::path file) : file_(std::move(file)) {
    const int fd = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    void* place = MAP_FAILED;
    if (fd >= 0 && ftruncate(fd, sizeof(KillFile)) == 0)
        place = mmap(nullptr, sizeof(KillFile), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0) close(fd);
    if (place == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "kill file");
    page_ = new (place) KillFile{};
}

KillSwitch::~KillSwitch() {
    munmap(page_, sizeof(KillFile));
}

void KillSwitch::arm(const Plan& plan) {
    page_ = new (page_) KillFile{};
    page_->plan = plan;
}

std::vector<std::string> KillSwitch::environment() const {
    return {std::string("LD_PRELOAD=") + KILLPOINT, std::string(kKillFileVariable) + "=" + file_.string()};
}

void Tally::add(const KillSwitch& killed) {
    if (!killed.struck()) {
        ++atRest_;
        return;
    }
    ++hits_[static_cast<std::size_t>(killed.page().at)];
    ++hows_[static_cast<std::size_t>(killed.page().how)];
}

std::vector<std::string> Tally::missed(const std::vector<Phase>& phases) const {
    std::vector<std::string> missed;
    for (const Phase phase : phases)
        if (of(phase) == 0) missed.emplace_back(nameOf(phase));
    return missed;
}

std::string Tally::text() const {
    std::string text = fmt::format("{} kills: {} before, {} half way, {} after a call; {} more at rest\n",
                                   total(), hows_[0], hows_[1], hows_[2], atRest_);
    for (std::size_t phase = 0; phase < kPhases; ++phase)
        if (hits_[phase] > 0) text += fmt::format("  {:<20}{:>5}\n", kPhaseNames[phase], hits_[phase]);
    return text;
}

}  // namespace tram::kills
