#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "account/MyLine.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "identity/ResidentSession.h"

namespace tram::account {

/// One of the things that are asked for, as a page shows it.
template <class Answer>
struct Asked {
    enum class At { Unasked, Asking, Here, Failed };
    At at = At::Unasked;
    std::optional<Answer> value;  ///< Here; the former one while it is asked again
    base::Problem problem{base::ProblemKind::NotFound, {}};
};

/// What a resident has, page by page as each is opened; nothing is asked before. UI thread.
class AccountFlow {
  public:
    using Who = std::shared_ptr<const identity::ResidentSession>;
    AccountFlow(MyLine line, base::Scheduler& scheduler, const base::Clock& clock);

    std::function<void()> onChange;
    /// The login is over, also before its time when the gateway says so.
    std::function<void()> onOver;

    /// Nothing is asked for nobody, nor with a token that is over: onOver then.
    void askNotices(const Who& who) { ask(who, line_.notices, notices_); }
    void askDocuments(const Who& who) { ask(who, line_.documents, documents_); }
    void askAccount(const Who& who) { ask(who, line_.account, account_); }
    void askAppointments(const Who& who) { ask(who, line_.appointments, appointments_); }
    void askConsents(const Who& who);  ///< and rights
    const Asked<wire::MyNotices>& notices() const { return notices_; }
    const Asked<wire::MyDocuments>& documents() const { return documents_; }
    const Asked<wire::MyAccount>& account() const { return account_; }
    const Asked<wire::MyAppointments>& appointments() const { return appointments_; }
    const Asked<wire::MyConsents>& consents() const { return consents_; }
    const Asked<wire::MyRights>& rights() const { return rights_; }

    /// What is shown is news no longer, here and, in the background, at the gateway. It does not matter when
    /// that fails: it is told once more, then.
    void acknowledge(const Who& who);
    /// Of those that changed; 0 while not known.
    std::size_t news() const;
    std::size_t news(wire::MyNotice::About about) const;

    /// Nothing of anybody stays here.
    void forget();

  private:
    template <class Answer>
    void ask(const Who& who, const MyLine::Ask<Answer>& how, Asked<Answer>& into);
    template <class Answer>
    void answered(base::Result<Answer> answer, Asked<Answer>& into);
    bool good(const Who& who) const;

    MyLine line_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    Asked<wire::MyNotices> notices_;
    Asked<wire::MyDocuments> documents_;
    Asked<wire::MyAccount> account_;
    Asked<wire::MyAppointments> appointments_;
    Asked<wire::MyConsents> consents_;
    Asked<wire::MyRights> rights_;
    base::Lifetime lifetime_;
};

}  // namespace tram::account
