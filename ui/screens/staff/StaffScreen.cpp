#include "ui/screens/staff/StaffScreen.h"

#include <algorithm>

namespace tram::screens {

namespace {

std::vector<StaffSection> sectionsOf(const std::map<StaffSection, StaffScreen::Make>& pages) {
    std::vector<StaffSection> all;
    for (const auto& [section, make] : pages) all.push_back(section);
    return all;
}

}  // namespace

StaffScreen::StaffScreen(Host& host, Setup setup)
    : host_(host),
      setup_(std::move(setup)),
      frame_(host, {[this](StaffSection section) { show(section); }, setup_.onLock},
             sectionsOf(setup_.pages)),
      current_(setup_.first) {
    const auto there = open();
    if (std::ranges::find(there, current_) == there.end()) current_ = there.at(0);
    page_ = setup_.pages.at(current_)();
}

std::vector<StaffSection> StaffScreen::open() const {
    return sectionsFor(setup_.who().role, sectionsOf(setup_.pages));
}

std::string StaffScreen::name() const {
    return "staff_" + page_->name();
}

Page StaffScreen::render() {
    return {.content = frame_.around(setup_.who(), current_, page_->render()),
            .whole = true,
            .fields = page_->fields()};
}

bool StaffScreen::back() {
    return frame_.back() || page_->back();
}

void StaffScreen::show(StaffSection section) {
    const auto there = open();
    if (std::ranges::find(there, section) == there.end()) return;
    host_.leaveField();
    current_ = section;
    page_ = setup_.pages.at(section)();
    page_->covered(false);
    host_.refresh();
}

}  // namespace tram::screens
