#include "form/Guide.h"

#include <algorithm>
#include <regex>

namespace tram::form {

namespace {

bool matches(std::string_view text, const std::regex& shape) {
    return std::regex_match(text.begin(), text.end(), shape);
}

}  // namespace

std::string_view name(Platform platform) {
    switch (platform) {
        case Platform::Android:
            return "android";
        case Platform::Iphone:
            return "iphone";
        default:
            return "any";
    }
}

bool isFor(Platform what, Platform person) {
    return what == Platform::Any || person == Platform::Any || what == person;
}

/// https://developer.android.com/build/configure-app-module: two segments or more, letters first.
bool isAndroidPackage(std::string_view text) {
    static const std::regex kShape("[A-Za-z][A-Za-z0-9_]*([.][A-Za-z][A-Za-z0-9_]*)+");
    return text.size() <= 150 && matches(text, kShape);
}

bool isAppleId(std::string_view text) {
    static const std::regex kShape("[1-9][0-9]{5,11}");
    return matches(text, kShape);
}

std::string playLink(const std::string& package) {
    return "https://play.google.com/store/apps/details?id=" + package;
}

std::string appleLink(const std::string& id) {
    return "https://apps.apple.com/vn/app/id" + id;
}

std::vector<Platform> Guide::platforms() const {
    const auto one = [](const auto& part) { return part.platform != Platform::Any; };
    if (app || std::ranges::any_of(steps, one) || std::ranges::any_of(troubles, one))
        return {Platform::Android, Platform::Iphone};
    return {Platform::Any};
}

const GuideStep* Guide::step(std::string_view id) const {
    const auto found = std::ranges::find(steps, id, &GuideStep::id);
    return found == steps.end() ? nullptr : &*found;
}

const GuideStep* Guide::first(Platform platform) const {
    const auto found =
        std::ranges::find_if(steps, [&](const GuideStep& step) { return isFor(step.platform, platform); });
    return found == steps.end() ? nullptr : &*found;
}

const GuideStep* Guide::next(std::string_view to) const {
    return to == kEnd ? nullptr : step(to);
}

const GuideStep* Guide::after(const GuideStep& from, Platform platform) const {
    if (!from.to.empty()) return next(from.to);
    bool passed = false;
    for (const auto& step : steps) {
        if (passed && isFor(step.platform, platform)) return &step;
        passed = passed || step.id == from.id;
    }
    return nullptr;
}

std::string Guide::linkOf(const GuideStep& step, Platform platform) const {
    if (step.link != kStore) return step.link;
    if (!app) return {};
    if (platform == Platform::Android && !app->android.empty()) return playLink(app->android);
    if (platform == Platform::Iphone && !app->ios.empty()) return appleLink(app->ios);
    return app->page;
}

std::vector<Fault> offList(const Guide& guide, const std::string& at, const wire::LinkHosts& hosts) {
    std::vector<Fault> faults;
    const auto look = [&](const std::string& place, const std::string& link) {
        if (!link.empty() && !wire::isOnList(link, hosts))
            faults.push_back({at.empty() ? place : at + '.' + place, 0, "guide_host"});
    };
    if (guide.app) {
        look("app.page", guide.app->page);
        if (!guide.app->android.empty()) look("app.android", playLink(guide.app->android));
        if (!guide.app->ios.empty()) look("app.ios", appleLink(guide.app->ios));
    }
    for (std::size_t i = 0; i < guide.steps.size(); ++i)
        if (guide.steps[i].link != Guide::kStore)
            look("steps[" + std::to_string(i) + "].link", guide.steps[i].link);
    return faults;
}

}  // namespace tram::form
