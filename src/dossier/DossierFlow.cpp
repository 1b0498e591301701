#include "dossier/DossierFlow.h"

namespace tram::dossier {

using base::ProblemKind;
using base::Result;
using Verdict = wire::DossierReading::Verdict;

DossierFlow::DossierFlow(Ask ask, wire::DossierPatterns patterns, base::Scheduler& scheduler)
    : ask_(std::move(ask)),
      patterns_(std::move(patterns)),
      scheduler_(scheduler),
      state_(situation::TypingCode{}) {}

void DossierFlow::type(std::string_view typed) {
    lifetime_.renew();
    slip_.reset();
    state_ = situation::TypingCode{std::string(typed), patterns_.read(typed)};
    changed();
}

bool DossierFlow::ask() {
    const auto* typing = std::get_if<situation::TypingCode>(&state_);
    if (!typing || typing->reading.verdict != Verdict::Complete) return false;
    askFor(typing->reading.code);
    return true;
}

bool DossierFlow::open(std::string_view text, base::SecretText slipSecret) {
    auto reading = patterns_.read(text);
    if (reading.verdict != Verdict::Complete) return false;
    slip_ = slipSecret.empty() ? nullptr : std::make_shared<base::SecretText>(std::move(slipSecret));
    askFor(std::move(reading.code));
    return true;
}

void DossierFlow::again() {
    const bool typing = std::holds_alternative<situation::TypingCode>(state_);
    const bool asking = std::holds_alternative<situation::AskingGateway>(state_) ||
                        std::holds_alternative<situation::AskingMine>(state_);
    if (typing || asking) return;
    if (code_.empty()) return mine();
    askFor(code_);
}

void DossierFlow::another() {
    type("");
}

void DossierFlow::askFor(std::string code) {
    lifetime_.renew();
    code_ = std::move(code);
    state_ = situation::AskingGateway{code_};
    scheduler_.background(
        [this, &ui = scheduler_, token = lifetime_.token(), ask = ask_, code = code_, slip = slip_] {
            auto status = std::make_shared<Result<wire::DossierStatus>>(
                slip && ask.bySlip ? ask.bySlip(code, *slip) : ask.byCode(code));
            ui.onUi(token, [this, status, code] { answered(code, std::move(*status)); });
        });
    changed();
}

/// Asked for by its code alone, one of the resident's list stays theirs to rate.
void DossierFlow::keepRight(wire::DossierStatus& status) const {
    if (!mine_ || slip_) return;
    for (const auto& one : mine_->dossiers)
        if (one.code == status.code && isDone(status.state) && finishedBy(one) == finishedBy(status)) {
            status.rateable = one.rateable;
            status.rated = one.rated;
            status.rate = one.rate;
        }
}

void DossierFlow::answered(const std::string& code, Result<wire::DossierStatus> status) {
    if (status) keepRight(*status);
    if (status)
        state_ = situation::Found{std::move(*status)};
    else if (status.error().kind == ProblemKind::NotFound)
        state_ = situation::NotFound{code, patterns_.read(code).elsewhere};
    else
        state_ = situation::AskFailed{status.error(), code};
    changed();
}

void DossierFlow::mine() {
    if (!ask_.mine) return;
    lifetime_.renew();
    code_.clear();
    state_ = situation::AskingMine{};
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), ask = ask_.mine] {
        auto found = std::make_shared<Result<wire::MyDossiers>>(ask());
        ui.onUi(token, [this, found] {
            if (*found) mine_ = **found;
            state_ = *found ? DossierState(situation::MyList{std::move(**found)})
                            : situation::AskFailed{found->error(), ""};
            changed();
        });
    });
    changed();
}

void DossierFlow::openOwn(const std::string& code) {
    if (!ask_.mine) return askFor(code);
    lifetime_.renew();
    slip_.reset();
    state_ = situation::AskingMine{};
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), ask = ask_.mine, code] {
        auto found = std::make_shared<Result<wire::MyDossiers>>(ask());
        ui.onUi(token, [this, found, code] {
            if (*found) mine_ = std::move(**found);
            askFor(code);  // without the list it is shown all the same
        });
    });
    changed();
}

void DossierFlow::rated() {
    auto* found = std::get_if<situation::Found>(&state_);
    if (!found) return;
    found->status.rateable = false;
    found->status.rated = true;
    found->status.rate.clear();
    if (mine_)
        for (auto& one : mine_->dossiers)
            if (one.code == found->status.code) one = found->status;
    changed();
}

bool DossierFlow::show(std::size_t which) {
    const auto* list = std::get_if<situation::MyList>(&state_);
    if (!list || which >= list->mine.dossiers.size()) return false;
    auto status = list->mine.dossiers[which];
    code_ = status.code;
    slip_.reset();
    state_ = situation::Found{std::move(status), true};
    changed();
    return true;
}

void DossierFlow::back() {
    if (!mine_) return;
    lifetime_.renew();
    code_.clear();
    state_ = situation::MyList{*mine_};
    changed();
}

void DossierFlow::changed() {
    if (onChange) onChange();
}

}  // namespace tram::dossier
