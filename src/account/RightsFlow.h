#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/Scheduler.h"
#include "feedback/ReceiptFollower.h"
#include "identity/ResidentSession.h"
#include "wire/RightsRequest.h"

namespace tram::account {

namespace asking {
struct Right {};  ///< which one
struct About {};  ///< all of it, or one report
struct Words {};  ///< what is wrong, and what is right
struct Check {};
struct Keeping {};
struct KeepFailed {
    base::Problem problem;
};
struct Kept {};  ///< receipt()
struct Over {};  ///< the login is; what was answered is still here
}  // namespace asking
using RightsState = std::variant<asking::Right, asking::About, asking::Words, asking::Check, asking::Keeping,
                                 asking::KeepFailed, asking::Kept, asking::Over>;

/// One use of the law's rights, a question a page, to its receipt. UI thread.
class RightsFlow {
  public:
    using Who = std::shared_ptr<const identity::ResidentSession>;
    struct Settings {
        std::string phoneBaseUrl, language;
    };
    /// `subject`: of who has logged in. `about`: already known; "" to be asked.
    RightsFlow(feedback::ReceiptFollower::Sources sources, Settings settings, base::Scheduler& scheduler,
               const base::Clock& clock, const base::SecretText& subject, std::string about = "");

    std::function<void()> onChange;
    const RightsState& state() const { return state_; }
    wire::Right right() const { return right_; }
    const std::string& about() const { return about_; }
    const base::SecretText& words() const { return words_; }
    const feedback::Receipt* receipt() const { return receipt_ ? &*receipt_ : nullptr; }
    /// Where one stands: of so many questions, the last look among them.
    struct Progress {
        int step = 1, steps = 3;
    };
    Progress progress() const;

    void choose(wire::Right right);
    void chooseAbout(std::string about);
    void setWords(base::SecretText words) { words_ = std::move(words); }
    bool wordsFit() const;
    void next();  ///< from Words to Check
    bool back();  ///< false on the first page, and once it is kept
    /// Sealed and kept at this station, also without a line. Over for nobody, and when the login ran out.
    void send(const Who& who);
    /// From Over, once somebody has logged in: the same person goes on, anybody else begins anew.
    void resume(const Who& who);

  private:
    template <class State>
    bool at() const {
        return std::holds_alternative<State>(state_);
    }
    bool asksAbout() const { return !aboutKnown_; }
    void afterAbout();
    void become(RightsState state);
    void keep(const identity::ResidentSession& who);

    feedback::ReceiptFollower::Sources sources_;
    Settings settings_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    RightsState state_ = asking::Right{};
    wire::Right right_ = wire::Right::See;
    std::string about_;
    bool aboutKnown_;
    base::SecretText words_, subject_;
    std::optional<feedback::Receipt> receipt_;
    std::unique_ptr<feedback::ReceiptFollower> follower_;
    base::Lifetime lifetime_;
};

}  // namespace tram::account
