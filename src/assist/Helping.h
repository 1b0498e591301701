#pragma once
#include <functional>
#include <optional>
#include <string>

#include "assist/Errand.h"
#include "assist/StaffSession.h"
#include "wire/Handling.h"

namespace tram::assist {

enum class Identified { ByVneid, ByCard, NotAtAll };
enum class Disposition { Helped, Referred, Left, RefusedConsent };
std::string_view name(Identified how);           ///< "vneid", "card", "none"
std::string_view name(Disposition disposition);  ///< "helped", "referred", "left", "refused_consent"

struct Consent {
    std::string version;  ///< of the words shown or read out
    base::WallTime at{};
    wire::Handling::How how = wire::Handling::How::Touch;
};

/// *Hồ sơ hỗ trợ*: that somebody's data are worked with, and nothing of whose.
struct File {
    Identified identified = Identified::NotAtAll;
    base::WallTime openedAt{};
    std::optional<Consent> consent;  ///< nothing: not asked yet, or refused
    bool refused = false;
};

/// One resident who is helped, from *Người tiếp theo* to the next. Knows how long, whether a file is open and
/// what may be done; nothing of who it is.
class Helping {
  public:
    Helping(const base::Clock& clock, std::string desk);

    std::function<void()> onChange;
    base::Millis elapsed() const;  ///< by the boot-time clock
    const std::optional<File>& file() const { return file_; }

    /// False while one is open.
    bool openFile(Identified how);
    /// In the file; how they are known may come later than the file. False without one.
    bool identify(Identified how);
    /// False without a file.
    bool giveConsent(const std::string& version, wire::Handling::How how);
    /// Also half-way, after it was given: from here on nothing more may be done with their data.
    bool refuseConsent();

    enum class Hindrance { None, SessionLocked, NotThisRole, NeedsFile, NeedsConsent };
    Hindrance hindrance(Errand errand, const StaffSession& staff) const;
    /// What actions say that are kept now (outbox::Outbox::setHandling).
    wire::Handling handling(const StaffSession& staff) const;

    /// For the log.
    struct Ended {
        base::Millis took{0};
        std::optional<File> file;
        Disposition disposition = Disposition::Helped;
    };
    /// The next resident begins here: no file, and the time from zero.
    Ended next(Disposition disposition);

  private:
    void changed();
    const base::Clock& clock_;
    std::string desk_;
    base::BootTime begun_;
    std::optional<File> file_;
};

}  // namespace tram::assist
