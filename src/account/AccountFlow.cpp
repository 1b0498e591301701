#include "account/AccountFlow.h"

#include <algorithm>

#include "base/Log.h"

namespace tram::account {

using base::ProblemKind;
using base::Result;

AccountFlow::AccountFlow(MyLine line, base::Scheduler& scheduler, const base::Clock& clock)
    : line_(std::move(line)), scheduler_(scheduler), clock_(clock) {}

bool AccountFlow::good(const Who& who) const {
    return who && who->tokenIsGood(clock_.boot());
}

template <class Answer>
void AccountFlow::ask(const Who& who, const MyLine::Ask<Answer>& how, Asked<Answer>& into) {
    if (!good(who)) {
        if (onOver) onOver();
        return;
    }
    if (into.at == Asked<Answer>::At::Asking) return;
    into.at = Asked<Answer>::At::Asking;
    scheduler_.background([this, who, how, &into, &ui = scheduler_, token = lifetime_.token()] {
        auto answer = std::make_shared<Result<Answer>>(how(who->accessToken));
        ui.onUi(token, [this, answer, &into] { answered(std::move(*answer), into); });
    });
    if (onChange) onChange();
}

template <class Answer>
void AccountFlow::answered(Result<Answer> answer, Asked<Answer>& into) {
    using At = typename Asked<Answer>::At;
    if (answer) {
        into.at = At::Here;
        into.value = std::move(*answer);
    } else {
        into.at = At::Failed;
        into.problem = answer.error();
        if (answer.error().kind == ProblemKind::Unauthorized && onOver) return onOver();
    }
    if (onChange) onChange();
}

template void AccountFlow::ask(const Who&, const MyLine::Ask<wire::MyNotices>&, Asked<wire::MyNotices>&);
template void AccountFlow::ask(const Who&, const MyLine::Ask<wire::MyDocuments>&, Asked<wire::MyDocuments>&);
template void AccountFlow::ask(const Who&, const MyLine::Ask<wire::MyAccount>&, Asked<wire::MyAccount>&);
template void AccountFlow::ask(const Who&, const MyLine::Ask<wire::MyAppointments>&,
                               Asked<wire::MyAppointments>&);

void AccountFlow::askConsents(const Who& who) {
    ask(who, line_.consents, consents_);
    if (good(who)) ask(who, line_.rights, rights_);
}

void AccountFlow::acknowledge(const Who& who) {
    if (!good(who) || notices_.at != Asked<wire::MyNotices>::At::Here || news() == 0) return;
    wire::NoticesSeen seen;
    for (const auto& notice : notices_.value->notices)
        seen.items.push_back({notice.about, notice.code, notice.state});
    scheduler_.background([who, tell = line_.noticesSeen, seen = std::move(seen)] {
        if (const auto told = tell(who->accessToken, seen); !told)
            base::log::problem("notices.not_acknowledged", told.error());
    });
    notices_.value->notices.clear();
    notices_.value->since = base::toRfc3339(clock_.wall());
    if (onChange) onChange();
}

std::size_t AccountFlow::news() const {
    return notices_.value ? notices_.value->notices.size() : 0;
}

std::size_t AccountFlow::news(wire::MyNotice::About about) const {
    if (!notices_.value) return 0;
    return static_cast<std::size_t>(
        std::ranges::count(notices_.value->notices, about, &wire::MyNotice::about));
}

void AccountFlow::forget() {
    lifetime_.renew();
    notices_ = {};
    documents_ = {};
    account_ = {};
    appointments_ = {};
    consents_ = {};
    rights_ = {};
}

}  // namespace tram::account
