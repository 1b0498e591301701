#pragma once
#include <map>
#include <optional>

#include "base/Scheduler.h"
#include "doctor/Parts.h"
#include "paper/Sheet.h"
#include "ui/screens/staff/StaffScreen.h"

namespace tram::screens {

/// *Thiết bị*: how camera, printer, network, gateway, clock, store and content stand, in words with what to
/// do; on paper too; and the one way out of full screen.
class DevicesPage final : public StaffPage {
  public:
    struct Calls {
        std::function<doctor::Finding(doctor::Part)> examine;  ///< blocks; from any thread
        kit::Action leaveFullScreen = nullptr;  ///< null: there is no way out, or none is needed
        std::function<void(doctor::Part, doctor::Verdict)> tested = nullptr;  ///< for the log
    };
    DevicesPage(Host& host, StaffView who, Calls calls);

    std::string name() const override { return "devices"; }
    kit::ViewRef render() override;
    bool back() override;
    bool testing() const { return !underWay_.empty(); }

  private:
    void test(doctor::Part part);
    void tested(doctor::Part part, doctor::Finding finding);
    bool isUnderWay(doctor::Part part) const;
    kit::ViewRef head();
    kit::Views buttons();
    kit::ViewRef leaving();
    kit::Views standingOf(doctor::Part part) const;
    kit::ViewRef partCard(doctor::Part part);
    paper::Sheet sheet() const;

    Host& host_;
    StaffView who_;
    Calls calls_;
    std::map<doctor::Part, doctor::Finding> found_;
    std::vector<doctor::Part> underWay_;
    bool leaving_ = false;  ///< it is being asked
    base::Lifetime lifetime_;
};

/// A finding in plain words, for who stands before the station.
struct FindingWords {
    std::string state, todo;  ///< todo is "" when all is well
};
FindingWords wordsOf(const Host& host, const doctor::Finding& finding);

}  // namespace tram::screens
