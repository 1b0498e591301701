#include "ui/screens/CallScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

void CallScreen::call() {
    state_ = Asking{};
    host_.refresh();
    auto& scheduler = host_.services().scheduler;
    scheduler.background([this, &scheduler, token = lifetime_.token(), ask = host_.services().callOfficer] {
        const bool told = ask().has_value();
        scheduler.onUi(token, [this, told] {
            if (told)
                state_ = Told{host_.services().clock.wall()};
            else
                state_ = Failed{};
            host_.refresh();
        });
    });
}

Page CallScreen::render() {
    const auto page = [this](const char* icon, Mood mood, const std::string& head, const std::string& text,
                             ViewRef more) {
        return outcomeBody(
            host_, {.icon = icon, .mood = mood, .title = head, .what = text, .ways = {std::move(more)}});
    };
    if (std::holds_alternative<Question>(state_))
        return {.content = page("support_agent", Mood::Info, host_.tr("call.ask.title"),
                                host_.tr("call.ask.what"), nullptr),
                .right = {primary("confirm", host_.tr("call.ask.yes"), "support_agent", [this] { call(); })}};
    if (std::holds_alternative<Asking>(state_))
        return {.content = page("support_agent", Mood::Info, host_.tr("call.title"), host_.tr("call.asking"),
                                nullptr)};
    if (const auto* told = std::get_if<Told>(&state_))
        return {.content = page("support_agent", Mood::Ok, host_.tr("call.done.title"),
                                host_.tr("call.done.what", {{"time", clockTime(told->at)}}), nullptr),
                .right = {
                    primary("done", host_.tr("action.carryon"), "arrow_forward", [this] { host_.back(); })}};
    return {.content = page("phone_disabled", Mood::Warn, host_.tr("call.failed.title"),
                            host_.tr("call.failed.what"), whatToDo(host_, {host_.tr("call.failed.now")})),
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [this] { call(); })}};
}

}  // namespace tram::screens
