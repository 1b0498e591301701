#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "base/TrackingCode.h"
#include "outbox/Outbox.h"
#include "wire/Appointment.h"

namespace tram::turn {

/// One question a page.
enum class Step { Day, Half, Who, Check };

enum class AppointmentIssue {
    DayMissing,
    HalfMissing,
    NameMissing,
    PhoneMissing,
    PhoneInvalid,
    ConsentMissing
};

/// What can be chosen: the office's own days where it could be asked, else the next working days.
struct OfferedDay {
    std::string day;
    bool morning = true, afternoon = true;
};

/// The receipt's truths: kept here → at the gateway → answered by the office.
struct AppointmentReceipt {
    base::TrackingCode code;
    base::WallTime keptAt;
    std::optional<base::WallTime> gatewayAt = {};
    std::optional<wire::AppointmentStatus> status = {};
    std::string stuck = {};  ///< problem name when it waits for staff

    bool answered() const {
        return status && (status->state == wire::AppointmentState::Confirmed ||
                          status->state == wire::AppointmentState::Refused ||
                          status->state == wire::AppointmentState::Withdrawn);
    }
};

/// *Đặt lịch hẹn*: a day at the office's counter is asked for, through the outbox, so that it also works
/// without a line. Then follows what becomes of it, while its receipt is on show.
class AppointmentFlow {
  public:
    struct Errand {
        std::string office, desk;
        std::string procedure, procedureName;
    };
    /// Both block and are called in the background.
    struct Ask {
        std::function<base::Result<wire::TurnBoard>(const std::string& office)> board;
        std::function<base::Result<wire::AppointmentStatus>(const std::string& code)> status;
    };
    AppointmentFlow(Errand errand, Ask ask, std::shared_ptr<outbox::Outbox> outbox,
                    base::Scheduler& scheduler, const base::Clock& clock);

    std::function<void()> onChange;
    void start();  ///< asks which days are free

    Step step() const { return step_; }
    bool isAsking() const { return asking_; }  ///< for the office's days
    bool isKeeping() const { return keeping_; }
    bool daysAreKnown() const { return known_; }   ///< the office's own, not merely working days
    bool takesNone() const { return takesNone_; }  ///< the office said so
    const std::vector<OfferedDay>& days() const { return days_; }
    const Errand& errand() const { return errand_; }
    const std::string& day() const { return day_; }
    std::optional<wire::HalfDay> half() const { return half_; }
    /// The house to go to, and where it stands, as the office says; "" while it could not be asked.
    const std::string& place() const { return place_; }
    bool consent() const { return consent_; }
    const base::SecretText& name() const { return name_; }
    const base::SecretText& phone() const { return phone_; }
    /// Of this page, once *Tiếp tục* was pressed too soon.
    std::vector<AppointmentIssue> issues() const;
    const std::optional<base::Problem>& failure() const { return failure_; }  ///< nothing was kept
    const std::optional<AppointmentReceipt>& receipt() const { return receipt_; }

    void chooseDay(const std::string& day);
    void chooseHalf(wire::HalfDay half);
    void setName(base::SecretText name) { name_ = std::move(name); }
    void setPhone(base::SecretText phone) { phone_ = std::move(phone); }
    void setConsent(bool given, std::string version);
    void next();
    bool back();  ///< false on the first page, and once it was sent
    void goTo(Step step);
    /// From Check. `subject`: of who is logged in, whose it is then.
    void send(const std::string& language, base::SecretText subject = {});

  private:
    void changed();
    void answered(const base::Result<wire::TurnBoard>& board);
    std::vector<AppointmentIssue> missing(Step step) const;
    void dropWhatIsTaken();
    bool isOffered(wire::HalfDay half) const;
    void later(base::Millis pause, void (AppointmentFlow::*step)());
    void lookInStore();
    void askGateway();

    Errand errand_;
    Ask ask_;
    std::shared_ptr<outbox::Outbox> outbox_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    Step step_ = Step::Day;
    std::string place_;
    bool asking_ = false, keeping_ = false, known_ = false, takesNone_ = false, pressed_ = false;
    std::vector<OfferedDay> days_;
    std::string day_;
    std::optional<wire::HalfDay> half_;
    base::SecretText name_, phone_;
    bool consent_ = false;
    std::string consentVersion_;
    base::WallTime consentAt_{};
    std::optional<base::Problem> failure_;
    std::optional<AppointmentReceipt> receipt_;
    std::optional<base::Uuid> id_;
    int asks_ = 0;
    base::Lifetime lifetime_;
};

}  // namespace tram::turn
