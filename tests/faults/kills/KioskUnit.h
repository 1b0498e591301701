#pragma once
#include "KillSwitch.h"
#include "LiveCity.h"
#include "Process.h"
#include "device/Enrolment.h"

namespace tram::kills {

/// One kiosk's directories and enrolment at a city, and its programs.
class KioskUnit {
  public:
    KioskUnit(test::LiveCity& city, const std::filesystem::path& dir);
    /// One that was enrolled elsewhere, has no line, and has never made its store.
    KioskUnit(const device::Enrolment& enrolment, const std::filesystem::path& dir);

    test::Process agent(const std::string& program, const KillSwitch& killSwitch) const;
    /// `told`: the writing end of the pipe its words go to.
    test::Process keeper(const KillSwitch& killSwitch, const std::vector<std::string>& arguments,
                         int told) const;
    test::Process enrolAnew(const KillSwitch& killSwitch, const std::string& code) const;
    std::filesystem::path dataDir() const { return dir_ / "data"; }
    std::filesystem::path log() const { return dir_ / "log"; }
    /// Left-overs are swept after an hour: these are.
    void ageFiles() const;

  private:
    KioskUnit(const std::filesystem::path& dir, const std::string& url);
    std::string config() const { return (dir_ / "kiosk.json").string(); }
    std::filesystem::path dir_;
};

/// Everything this kiosk has is sent, and its left-overs are swept, by a real agent that nobody ends before.
bool drain(const KioskUnit& kiosk, KillSwitch& killSwitch, const Plan& quiet);

}  // namespace tram::kills
