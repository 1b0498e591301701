#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "wire/Roles.h"
#include "wire/SignInWait.h"

namespace tram::assist {

/// How often somebody was wrong here, and what follows (wire/SignInWait.h); who is locked waits for a
/// supervisor. In a small file, so that it outlives the process, the boot, and any
/// change of the wall clock: a wait that a reboot cut off begins anew. Each call blocks on the disk.
///
/// What is no known member's error (an unknown badge, a code) counts for the station. The station's wait is
/// for those alone: guessing 128 random bits gains nothing, so a stranger who waves QR codes at the camera
/// keeps nobody with a badge out. A station that is locked, at fifteen or because its file is damaged, lets
/// in supervisors, and who is vouched for online; either opens it.
class Lockout {
  public:
    static constexpr int kLockedAt = wire::SignInWait::kLockedAt;

    Lockout(std::filesystem::path file, const base::Clock& clock) : file_(std::move(file)), clock_(clock) {}

    enum class Gate { Open, Waiting, Locked, StationLocked };
    struct Standing {
        Gate gate = Gate::Open;
        base::Millis wait{0};  ///< for Waiting
    };
    /// `member`: an id, or "" for what counts for the station.
    struct Attempt {
        std::string member;
        bool supervisor = false, online = false;
    };
    base::Result<Standing> look(const Attempt& attempt);
    /// To be asked before a PIN is looked at. When it says Open, the error is already on the disk, durably:
    /// pulling the plug wins nothing. What cannot be written may not be tried: a Problem.
    base::Result<Standing> begin(const Attempt& attempt);
    /// The PIN was right: as if it had not been tried wrongly before.
    base::Result<void> succeeded(const Attempt& attempt);
    /// It could not be looked at after all (the line broke): as if nobody had tried.
    base::Result<void> takeBack(const Attempt& attempt);
    /// `member` or, with "", the station. Forbidden unless that role may.
    base::Result<void> unlock(const std::string& member, wire::StaffRole by);
    base::Result<std::vector<std::string>> locked();  ///< members; "" for the station

  private:
    struct Count {
        int errors = 0;
        base::BootTime until;  ///< no bootId: there is no wait
    };
    struct Book {
        Count station;
        std::map<std::string, Count> members;
        bool changed = false;
    };
    base::Result<Book> read() const;
    base::Result<void> write(const Book& book) const;
    Standing standing(Book& book, const Attempt& attempt, const base::BootTime& now) const;
    static Standing standing(Count& count, const base::BootTime& now, bool& changed);
    static void addError(Count& count, const base::BootTime& now);

    std::filesystem::path file_;
    const base::Clock& clock_;
    std::mutex mutex_;
};

}  // namespace tram::assist
