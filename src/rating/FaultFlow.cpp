#include "rating/FaultFlow.h"

#include "base/VietnameseText.h"

namespace tram::rating {

void FaultFlow::moveTo(FaultState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

void FaultFlow::choose(Part part) {
    if (!std::holds_alternative<fault::Choosing>(state_)) return;
    fault_.part = part;
    moveTo(fault::Words{});
}

void FaultFlow::setWords(std::string_view text) {
    auto points = base::toUtf32(base::clean(text, true));
    if (points.size() > wire::KioskFault::kMaxWords) points.resize(wire::KioskFault::kMaxWords);
    fault_.words = base::SecretText(base::toUtf8(points));
}

bool FaultFlow::back() {
    if (std::holds_alternative<fault::KeepFailed>(state_)) return moveTo(fault::Words{}), true;
    if (!std::holds_alternative<fault::Words>(state_)) return false;
    moveTo(fault::Choosing{});
    return true;
}

/// Nobody's name: the hour only.
void FaultFlow::send() {
    if (!std::holds_alternative<fault::Words>(state_) && !std::holds_alternative<fault::KeepFailed>(state_))
        return;
    auto action = std::make_shared<outbox::NewAction>();
    action->kind = wire::KioskFault::kKind;
    action->createdAt = base::toRfc3339(base::coarseToHour(clock_.wall()));
    action->fieldsJson = fault_.toJson();
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), box = outbox_, action] {
        const auto kept = std::make_shared<base::Result<outbox::Outbox::Kept>>(box->keep(*action));
        ui.onUi(token, [this, kept] {
            if (!*kept) return moveTo(fault::KeepFailed{kept->error()});
            fault_.words = base::SecretText();
            moveTo(fault::Done{(*kept)->at});
        });
    });
    moveTo(fault::Keeping{});
}

}  // namespace tram::rating
