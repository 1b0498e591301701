#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "account/MyLine.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "identity/ResidentSession.h"

namespace tram::account {

namespace choosing {
struct Loading {};
struct Editing {
    bool changed = false;  ///< since it was kept
};
struct ReadOnly {};  ///< a later program has chosen in ways that are not known here
struct Saving {};
struct Saved {};
/// Kept elsewhere meanwhile. What was chosen here is still here.
struct Elsewhere {
    wire::MyServices theirs;
};
struct Failed {
    base::Problem problem;
    bool loading = false;  ///< nothing is known yet
};
struct Over {};  ///< the login is; what was chosen here is still here
}  // namespace choosing
using ServicesState = std::variant<choosing::Loading, choosing::Editing, choosing::ReadOnly, choosing::Saving,
                                   choosing::Saved, choosing::Elsewhere, choosing::Failed, choosing::Over>;

/// *Dịch vụ của tôi*: which of home's tiles come first, and in which order. Ids that this program does not
/// know stay where they are. UI thread.
class ServicesFlow {
  public:
    using Who = std::shared_ptr<const identity::ResidentSession>;
    /// `known`: the tiles of this program, in home's own order.
    ServicesFlow(MyLine line, std::vector<std::string> known, base::Scheduler& scheduler,
                 const base::Clock& clock);

    std::function<void()> onChange;
    const ServicesState& state() const { return state_; }
    const wire::MyServices& mine() const { return mine_; }

    void load(const Who& who);
    /// Those that were chosen and that are known here, in their order.
    std::vector<std::string> chosen() const;
    /// The same of another order.
    std::vector<std::string> shown(const wire::MyServices& order) const;
    /// The known ones that were not.
    std::vector<std::string> others() const;
    void add(const std::string& id);
    void remove(const std::string& id);
    bool mayGo(const std::string& id, int by) const;  ///< by -1: up, 1: down
    void go(const std::string& id, int by);           ///< past the next known one
    void save(const Who& who);
    void keepMine(const Who& who);  ///< from Elsewhere: over theirs, unless a later version has written it
    void takeTheirs();              ///< from Elsewhere

  private:
    bool editing() const;
    bool isKnown(const std::string& id) const;
    std::vector<std::string>::iterator neighbour(const std::string& id, int by);
    void touched();
    void become(ServicesState state);
    void loaded(base::Result<wire::MyServices> answer);
    void saved(base::Result<wire::MyServices> answer, const Who& who);
    void lookAgain(const Who& who);
    bool good(const Who& who) const;

    MyLine line_;
    std::vector<std::string> known_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    wire::MyServices mine_;
    base::SecretText whose_;  ///< subject; somebody else's choice begins anew
    bool loadedOnce_ = false;
    ServicesState state_ = choosing::Loading{};
    base::Lifetime lifetime_;
};

/// The known ones that were chosen first, then the rest, each once: home's order.
std::vector<std::string> ordered(const std::vector<std::string>& chosen,
                                 const std::vector<std::string>& known);

}  // namespace tram::account
