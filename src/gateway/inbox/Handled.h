#pragma once
#include <optional>
#include <string>

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
                    const std::string& day);

    struct Row {
        std::string staff, role, desk;
        std::string consentVersion, consentHow;  ///< "": no personal data was worked with
        std::string day;                         ///< YYYY-MM-DD
    };
    base::Result<std::optional<Row>> find(const base::Uuid& action);

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
