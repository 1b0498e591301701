#include "ui/shell/Tour.h"

#include <wx/app.h>

#include <unistd.h>

#include <cstdio>

#include "ui/screens/HomeScreen.h"

namespace tram::shell {

namespace {

constexpr int kPollMs = 50;
constexpr int kDeadlineMs = 30000;  // the slowest stop waits for the demo's 1022 to answer
constexpr int kSettlePolls = 3;     // a redraw or two after arriving

}  // namespace

Tour::Tour(Kiosk& kiosk, std::filesystem::path dir)
    : kiosk_(kiosk), dir_(std::move(dir)), real_(kiosk.services()) {
    std::filesystem::create_directories(dir_);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    kiosk_.onWipe = [] {};  // the tour ends in its own time
    kiosk_.nobodysSession = true;
    plan();
    timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { step(); });
    timer_.Start(kPollMs);
}

void Tour::stop(std::string name, std::function<void()> go, std::function<bool()> arrived) {
    stops_.push_back({std::move(name), std::move(go), std::move(arrived)});
}

void Tour::step() {
    if (stops_.empty()) return finish();
    auto& stop = stops_.front();
    if (!going_) {
        going_ = true;
        waited_ = settled_ = 0;
        stop.go();
        return;
    }
    waited_ += kPollMs;
    if (!stop.arrived || stop.arrived()) {
        if (++settled_ >= kSettlePolls) arrive();
    } else if (waited_ > kDeadlineMs) {
        ++missed_;
        std::printf("not reached: %s (on %s)\n", stop.name.c_str(), kiosk_.screen().name().c_str());
        arrive();
    }
}

void Tour::arrive() {
    const auto name = stops_.front().name;
    ++number_;
    const auto number = (number_ < 10 ? "0" : "") + std::to_string(number_);
    kiosk_.surface().savePng(dir_ / (number + "-" + name + ".png"));
    for (const auto& fault : kiosk_.surface().layoutFaults()) {
        ++faults_;
        std::printf("fault on %s: %s\n", name.c_str(), fault.c_str());
    }
    stops_.pop_front();
    going_ = false;
}

void Tour::finish() {
    timer_.Stop();
    std::printf("tour: %d pictures, %d not reached, %d layout faults\n", number_, missed_, faults_);
    std::fflush(stdout);
    _exit(missed_ == 0 && faults_ == 0 ? 0 : 1);
}

void Tour::press(const std::string& id) {
    const auto view = kiosk_.surface().find(id);
    if (view && view->onPress) {
        const auto action = view->onPress;
        action();
        kiosk_.drawNow();
    } else {
        std::printf("nothing to press: %s on %s\n", id.c_str(), kiosk_.screen().name().c_str());
    }
}

void Tour::type(const std::string& field, const std::string& text) {
    kiosk_.surface().focus(field, false);
    kiosk_.drawNow();
    const auto view = kiosk_.surface().find(field);
    if (!view || !view->edit()) return;
    view->edit()->clear();
    view->edit()->append(text);
}

void Tour::homeAgain() {
    kiosk_.useServices(real_);
    kiosk_.force({});
    kiosk_.home();
    kiosk_.drawNow();
}

}  // namespace tram::shell
