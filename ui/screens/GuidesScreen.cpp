#include "ui/screens/GuidesScreen.h"

#include "catalogue/Values.h"
#include "ui/screens/GuideScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

namespace {

constexpr const char* kGuideKind = "guide";
constexpr std::size_t kMostGuides = 100;

}  // namespace

GuidesScreen::GuidesScreen(Host& host) : host_(host), city_(host.services().city()) {
    const auto* kind = city_->catalogue().kind(kGuideKind);
    if (!kind) return;
    found_ = city_->list({.kind = kGuideKind, .limit = kMostGuides}, host_.services().clock.wall());
    for (const auto& item : found_.items) {
        const auto values = catalogue::fieldValues(*kind, item.entry.fields);
        const auto* document = catalogue::valueOf(values, kind->guide);
        const auto* about = catalogue::valueOf(values, "about");
        Listed listed{item.entry.id,
                      document ? document->text : "",
                      {item.entry.title, item.entry.title},
                      about ? form::Bilingual{about->text, about->text} : form::Bilingual(),
                      false,
                      item};
        if (const auto guide =
                document ? form::Guide::parse(document->text) : base::fail(base::ProblemKind::NotFound)) {
            listed.title = guide->title;
            listed.about = guide->intro;
            listed.app = guide->app.has_value();
        }
        listed_.push_back(std::move(listed));
    }
}

ViewRef GuidesScreen::row(const Listed& listed) const {
    const auto& language = host_.session().language;
    return listRow({.id = "entry.guide." + listed.id,
                    .icon = listed.app ? "install_mobile" : "help",
                    .pair = listed.app ? TilePair::Green : TilePair::Blue,
                    .title = listed.title.in(language),
                    .detail = largeText(host_) ? std::string() : listed.about.in(language),
                    .onPress = [this, &listed] { openEntry(host_, city_, listed.item); },
                    .opens = true});
}

Page GuidesScreen::render() {
    const auto name = host_.tr("home.tile.install");
    if (listed_.empty()) return nothingYet(host_, name);
    Views apps, skills;
    for (const auto& listed : listed_) (listed.app ? apps : skills).push_back(row(listed));
    Views rows{title(name)};
    for (auto& view : apps) rows.push_back(std::move(view));
    if (!skills.empty()) {
        rows.push_back(
            paragraph(host_.tr("guide.skills"), {.role = Type::Title, .heading = true, .id = "skills"}));
        for (auto& view : skills) rows.push_back(std::move(view));
    }
    if (found_.about) rows.push_back(sourceLine(host_, found_.about->source, found_.about->asOf));
    return {.content = tilesBody(host_, "page.guides", std::move(rows), kDefault)};
}

}  // namespace tram::screens
