#include "account/ServicesFlow.h"

#include <algorithm>

namespace tram::account {

using base::ProblemKind;
using base::Result;
using wire::MyServices;

namespace {

bool has(const std::vector<std::string>& list, const std::string& id) {
    return std::ranges::find(list, id) != list.end();
}

}  // namespace

std::vector<std::string> ordered(const std::vector<std::string>& chosen,
                                 const std::vector<std::string>& known) {
    std::vector<std::string> all;
    for (const auto* list : {&chosen, &known})
        for (const auto& id : *list)
            if (has(known, id) && !has(all, id)) all.push_back(id);
    return all;
}

ServicesFlow::ServicesFlow(MyLine line, std::vector<std::string> known, base::Scheduler& scheduler,
                           const base::Clock& clock)
    : line_(std::move(line)), known_(std::move(known)), scheduler_(scheduler), clock_(clock) {}

bool ServicesFlow::good(const Who& who) const {
    return who && who->tokenIsGood(clock_.boot());
}

void ServicesFlow::become(ServicesState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

/// After a login that ran out the same person goes on with what they had chosen.
void ServicesFlow::load(const Who& who) {
    if (!good(who)) return become(choosing::Over{});
    if (loadedOnce_ && whose_.reveal() == who->subject.reveal() && !mine_.readOnly())
        return become(choosing::Editing{true});
    loadedOnce_ = false;
    whose_ = who->subject.copy();
    become(choosing::Loading{});
    scheduler_.background([this, who, &ui = scheduler_, ask = line_.services, token = lifetime_.token()] {
        auto answer = std::make_shared<Result<MyServices>>(ask(who->accessToken));
        ui.onUi(token, [this, answer] { loaded(std::move(*answer)); });
    });
}

void ServicesFlow::loaded(Result<MyServices> answer) {
    if (!answer && answer.error().kind == ProblemKind::Unauthorized) return become(choosing::Over{});
    if (!answer) return become(choosing::Failed{answer.error(), true});
    mine_ = std::move(*answer);
    loadedOnce_ = true;
    if (mine_.readOnly()) return become(choosing::ReadOnly{});
    become(choosing::Editing{});
}

bool ServicesFlow::isKnown(const std::string& id) const {
    return has(known_, id);
}

std::vector<std::string> ServicesFlow::chosen() const {
    return shown(mine_);
}

std::vector<std::string> ServicesFlow::shown(const wire::MyServices& order) const {
    std::vector<std::string> all;
    for (const auto& id : order.services)
        if (isKnown(id) && !has(all, id)) all.push_back(id);
    return all;
}

std::vector<std::string> ServicesFlow::others() const {
    std::vector<std::string> all;
    for (const auto& id : known_)
        if (!has(mine_.services, id)) all.push_back(id);
    return all;
}

bool ServicesFlow::editing() const {
    return std::holds_alternative<choosing::Editing>(state_) ||
           std::holds_alternative<choosing::Saved>(state_);
}

void ServicesFlow::touched() {
    become(choosing::Editing{true});
}

void ServicesFlow::add(const std::string& id) {
    if (!editing() || !isKnown(id) || has(mine_.services, id) || mine_.services.size() == MyServices::kMost)
        return;
    mine_.services.push_back(id);
    touched();
}

void ServicesFlow::remove(const std::string& id) {
    if (!editing() || !isKnown(id) || std::erase(mine_.services, id) == 0) return;
    touched();
}

/// The next known one in that direction; end() for none.
std::vector<std::string>::iterator ServicesFlow::neighbour(const std::string& id, int by) {
    auto& list = mine_.services;
    const auto at = std::ranges::find(list, id);
    if (at == list.end()) return list.end();
    for (auto i = (at - list.begin()) + by; 0 <= i && i < std::ssize(list); i += by)
        if (isKnown(list[static_cast<std::size_t>(i)])) return list.begin() + i;
    return list.end();
}

bool ServicesFlow::mayGo(const std::string& id, int by) const {
    auto& self = const_cast<ServicesFlow&>(*this);
    return self.neighbour(id, by) != self.mine_.services.end();
}

void ServicesFlow::go(const std::string& id, int by) {
    if (!editing()) return;
    const auto other = neighbour(id, by);
    if (other == mine_.services.end()) return;
    std::iter_swap(std::ranges::find(mine_.services, id), other);
    touched();
}

void ServicesFlow::save(const Who& who) {
    const auto* failed = std::get_if<choosing::Failed>(&state_);
    if (!editing() && !(failed && !failed->loading)) return;
    if (!good(who)) return become(choosing::Over{});
    become(choosing::Saving{});
    scheduler_.background(
        [this, who, &ui = scheduler_, keep = line_.keepServices, mine = mine_, token = lifetime_.token()] {
            auto answer = std::make_shared<Result<MyServices>>(keep(who->accessToken, mine));
            ui.onUi(token, [this, answer, who] { saved(std::move(*answer), who); });
        });
}

void ServicesFlow::saved(Result<MyServices> answer, const Who& who) {
    if (!answer && answer.error().kind == ProblemKind::Conflict) return lookAgain(who);
    if (!answer && answer.error().kind == ProblemKind::Unauthorized) return become(choosing::Over{});
    if (!answer) return become(choosing::Failed{answer.error()});
    mine_ = std::move(*answer);
    become(choosing::Saved{});
}

/// What is kept there by now; what was chosen here waits.
void ServicesFlow::lookAgain(const Who& who) {
    scheduler_.background([this, who, &ui = scheduler_, ask = line_.services, token = lifetime_.token()] {
        auto answer = std::make_shared<Result<MyServices>>(ask(who->accessToken));
        ui.onUi(token, [this, answer] {
            if (!*answer) return become(choosing::Failed{answer->error()});
            become(choosing::Elsewhere{std::move(**answer)});
        });
    });
}

void ServicesFlow::keepMine(const Who& who) {
    const auto* elsewhere = std::get_if<choosing::Elsewhere>(&state_);
    if (!elsewhere || elsewhere->theirs.readOnly()) return;
    auto next = elsewhere->theirs;  // with whatever else stands in it
    next.services = mine_.services;
    mine_ = std::move(next);
    state_ = choosing::Editing{true};
    save(who);
}

void ServicesFlow::takeTheirs() {
    auto* elsewhere = std::get_if<choosing::Elsewhere>(&state_);
    if (!elsewhere) return;
    mine_ = std::move(elsewhere->theirs);
    if (mine_.readOnly()) return become(choosing::ReadOnly{});
    become(choosing::Saved{});
}

}  // namespace tram::account
