#pragma once
#include <functional>
#include <optional>
#include <string>

#include "gateway/fleet/StaffRegistry.h"
#include "gateway/inbox/Opener.h"
#include "gateway/storage/Storage.h"
#include "wire/Handling.h"

namespace tram::gateway {

/// Who helped with an action, and at which desk: ids of actions and of staff, nothing of a resident. A row
/// goes with its envelope.
class Handled {
  public:
    explicit Handled(Storage& storage) : db_(*storage.city) {}

    /// What is wrong with who is said to have helped; by the table of wire/Roles.h, as at the kiosk.
    static std::optional<Quarantined> judge(const wire::ActionBody& body);
    /// Within the transaction that calls it opened.
    static void add(SQLite::Database& db, const std::string& action, const wire::Handling& handling,
                    StaffRegistry::Standing standing, const std::string& day);

    struct Row {
        std::string staff, role, desk;
        std::string consentVersion, consentHow;  ///< "": no personal data was worked with
        std::string day;                         ///< YYYY-MM-DD
        std::string standing;                    ///< StaffRegistry::Standing
    };
    base::Result<std::optional<Row>> find(const base::Uuid& action);
    struct Sum {
        Row row;  ///< without the consent's version
        std::int64_t count = 0;
    };
    /// By day, desk, staff, role, way of consent and standing. Days inclusive; "" for no bound.
    base::Result<void> each(const std::string& from, const std::string& until,
                            const std::function<void(const Sum&)>& take);

  private:
    SharedDatabase& db_;
};

/// RFC 4180, safe from formulas: day, desk, staff, role, consent, standing, count.
base::Result<std::string> handledCsv(Handled& handled, const std::string& from, const std::string& until);

}  // namespace tram::gateway
