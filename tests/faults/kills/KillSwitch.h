#pragma once
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "KillFile.h"

namespace tram::kills {

/// The test's end of a KillFile: armed before each start of a program.
class KillSwitch {
  public:
    explicit KillSwitch(std::filesystem::path file);
    ~KillSwitch();
    KillSwitch(const KillSwitch&) = delete;
    KillSwitch& operator=(const KillSwitch&) = delete;

    void arm(const Plan& plan);
    /// For the program to be started: the page, and what is loaded before all else.
    std::vector<std::string> environment() const;
    const KillFile& page() const { return *page_; }
    bool struck() const { return page_->killed != 0; }

  private:
    std::filesystem::path file_;
    KillFile* page_;
};

/// How often each phase was hit.
class Tally {
  public:
    /// By its plan; or from outside when the plan had not come true, which is counted apart.
    void add(const KillSwitch& killed);
    std::uint32_t total() const { return hows_[0] + hows_[1] + hows_[2]; }
    std::uint32_t of(Phase phase) const { return hits_[static_cast<std::size_t>(phase)]; }
    /// Those of `phases` that were never hit.
    std::vector<std::string> missed(const std::vector<Phase>& phases) const;
    std::string text() const;

  private:
    std::array<std::uint32_t, kPhases> hits_{};
    std::array<std::uint32_t, 3> hows_{};
    std::uint32_t atRest_ = 0;
};

inline std::string_view nameOf(Phase phase) {
    return kPhaseNames[static_cast<std::size_t>(phase)];
}

}  // namespace tram::kills
