#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"
#include "wire/MyServices.h"

namespace tram::gateway {

/// What a resident has chosen, and what they have seen of their reports and dossiers; in reports.db, by the
/// keyed hash that stands beside reports (Subjects::indexOf). Of what was seen there are keyed hashes of
/// codes and a state.
class ResidentStore {
  public:
    explicit ResidentStore(SharedDatabase& reports) : db_(reports) {}

    /// Revision 0 for who has chosen nothing.
    base::Result<wire::MyServices> services(const std::string& subject, base::WallTime now);
    /// The one kept now, its revision one higher. Conflict when it is built on another revision than the
    /// one kept, or a later program's version is kept. The same once more gets the same answer.
    base::Result<wire::MyServices> keep(const std::string& subject, const wire::MyServices& chosen,
                                        base::WallTime now);

    struct Seen {
        std::string since;                          ///< RFC 3339; "" for never
        std::map<std::string, std::string> states;  ///< by Subjects::forItem
    };
    base::Result<Seen> seen(const std::string& subject);
    using Items = std::vector<std::pair<std::string, std::string>>;
    base::Result<void> acknowledge(const std::string& subject, const Items& items, base::WallTime now);

    /// Nothing of them stays here.
    base::Result<void> forget(const std::string& subject);
    /// What nobody has asked for since. How many residents.
    base::Result<std::size_t> sweep(base::WallTime unusedSince);

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
