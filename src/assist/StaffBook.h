#pragma once
#include <functional>
#include <memory>

#include "assist/SignIn.h"
#include "base/Clock.h"
#include "wire/StaffList.h"

namespace tram::assist {

/// Who may sign in here, by a ward's list whose signature has held: what SignIn asks without a line.
class StaffBook {
  public:
    using List = std::shared_ptr<const wire::StaffList>;
    /// `list`: the newest; its problems are passed on. Asked anew each time, so that who was revoked
    /// meanwhile is nobody. Blocks, any thread.
    StaffBook(std::function<base::Result<List>()> list, const base::Clock& clock)
        : list_(std::move(list)), clock_(clock) {}

    /// As SignIn::Ask says.
    base::Result<StaffSession::Who> find(const base::SecretText& badge) const;
    base::Result<base::SecretBytes> check(const base::SecretText& badge, const base::SecretText& pin) const;

  private:
    struct Found {
        List list;
        const wire::StaffMember* member = nullptr;
        base::SecretBytes secret;
    };
    base::Result<Found> look(const base::SecretText& badge) const;

    std::function<base::Result<List>()> list_;
    const base::Clock& clock_;
};

}  // namespace tram::assist
