#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "form/FormReader.h"
#include "form/Guide.h"
#include "form/GuidePaths.h"
#include "strict/Json.h"
#include "wire/GuideTally.h"

namespace tram::form {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxGuideTitle = 120, kMaxGuideIntro = 600, kMaxParagraph = 500, kMaxGuideLabel = 60,
                      kMaxLink = 500, kMaxRows = 8, kMaxBranches = 4;

constexpr std::array<std::pair<std::string_view, Platform>, 3> kPlatforms = {
    {{"any", Platform::Any}, {"android", Platform::Android}, {"iphone", Platform::Iphone}}};

constexpr std::array<std::pair<std::string_view, Sketch::Row>, 7> kRows = {{{"bar", Sketch::Row::Bar},
                                                                            {"search", Sketch::Row::Search},
                                                                            {"app", Sketch::Row::App},
                                                                            {"button", Sketch::Row::Button},
                                                                            {"field", Sketch::Row::Field},
                                                                            {"notice", Sketch::Row::Notice},
                                                                            {"camera", Sketch::Row::Camera}}};

template <class T, std::size_t N>
T named(FormReader& from, const char* key, const std::array<std::pair<std::string_view, T>, N>& names,
        const char* expected) {
    const auto text = from.text(key, kMaxGuideLabel);
    const auto found = std::ranges::find(names, text, &std::pair<std::string_view, T>::first);
    if (found != names.end()) return found->second;
    if (!text.empty()) from.refuse(key, expected);
    return names.front().second;
}

Platform platformOf(FormReader& from) {
    return from.has("platform") ? named(from, "platform", kPlatforms, "guide_platform") : Platform::Any;
}

/// One line of words; nothing of a member that is not there.
std::string checkedText(FormReader& from, const char* key, bool (*fits)(std::string_view),
                        const char* expected) {
    if (!from.has(key)) return {};
    auto text = from.text(key, kMaxLink);
    if (!text.empty() && !fits(text)) from.refuse(key, expected);
    return text;
}

class Reading {
  public:
    Reading(Guide& guide, std::vector<Fault>& faults) : guide_(guide), faults_(faults) {}

    void read(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        from.integer("v", 1, 1);
        guide_.title = from.words("title", kMaxGuideTitle);
        guide_.intro = from.words("intro", kMaxGuideIntro);
        if (from.has("app")) app(from);
        from.array("steps", 1, Guide::kMaxSteps, [&](const json& item, const std::string& place) {
            auto read = step(item, place);
            guide_.steps.push_back(std::move(read));
        });
        if (from.has("trouble"))
            from.array("trouble", 1, Guide::kMaxTroubles,
                       [&](const json& item, const std::string& place) { trouble(item, place); });
        // Who installs something has to know these; elsewhere they may have no meaning.
        if (guide_.app || from.has("fakes")) guide_.fakes = paragraphs(from, "fakes");
        if (guide_.app || from.has("no_smartphone")) guide_.noPhone = paragraphs(from, "no_smartphone");
        from.array("outcomes", 2, Guide::kMaxOutcomes,
                   [&](const json& item, const std::string& place) { outcome(item, place); });
        const auto good = std::ranges::count_if(guide_.outcomes, &GuideOutcome::good);
        if (!guide_.outcomes.empty() && (good == 0 || good == std::ssize(guide_.outcomes)))
            from.refuse("outcomes", "guide_outcomes");
        from.finish();
    }

  private:
    std::vector<Bilingual> paragraphs(FormReader& from, const char* key) {
        std::vector<Bilingual> all;
        from.array(key, 1, Guide::kMaxParagraphs, [&](const json& item, const std::string& place) {
            all.push_back(readWords(item, place, kMaxParagraph));
        });
        return all;
    }

    /// {"vi": …, "en": …} where it is not a member but an item.
    Bilingual readWords(const json& item, const std::string& place, std::size_t most) {
        FormReader both(item, place, faults_);
        Bilingual words{both.text("vi", most), both.text("en", most)};
        both.finish();
        return words;
    }

    void app(FormReader& parent) {
        FormReader from(parent.member("app"), parent.at("app"), faults_);
        guide_.app.emplace();
        guide_.app->name = from.text("name", kMaxGuideTitle);
        guide_.app->android = checkedText(from, "android", isAndroidPackage, "guide_package");
        guide_.app->ios = checkedText(from, "ios", isAppleId, "guide_apple_id");
        guide_.app->page = checkedText(from, "page", wire::isHttpsLink, "link");
        // The one that leads somewhere on either phone, while not both stores are known.
        const bool both = !guide_.app->android.empty() && !guide_.app->ios.empty();
        if (!both && !from.has("page")) from.refuse("page", "guide_store");
        from.finish();
    }

    GuideStep step(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        GuideStep step;
        step.id = from.slug("id");
        if (step.id == Guide::kEnd || guide_.step(step.id)) from.refuse("id", "survey_id_once");
        step.platform = platformOf(from);
        step.title = from.words("title", kMaxGuideTitle);
        step.text = paragraphs(from, "text");
        if (from.has("link")) step.link = link(from);
        step.wifi = from.optionalFlag("wifi", false);
        step.warning = from.optionalWords("warning", kMaxParagraph);
        if (from.has("picture")) step.picture = sketch(from.member("picture"), from.at("picture"));
        step.next = from.words("next", kMaxGuideLabel);
        if (from.has("goto")) step.to = from.slug("goto");
        if (from.has("branches"))
            from.array("branches", 1, kMaxBranches, [&](const json& item, const std::string& place) {
                FormReader one(item, place, faults_);
                step.branches.push_back({one.words("label", kMaxGuideLabel), one.slug("goto")});
                one.finish();
            });
        from.finish();
        return step;
    }

    std::string link(FormReader& from) {
        auto link = from.text("link", kMaxLink);
        const bool store = link == Guide::kStore;
        if (store ? !guide_.app : !link.empty() && !wire::isHttpsLink(link))
            from.refuse("link", "guide_link");
        return link;
    }

    Sketch sketch(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        Sketch sketch;
        sketch.spoken = from.words("spoken", kMaxParagraph);
        from.array("rows", 1, kMaxRows, [&](const json& item, const std::string& place) {
            FormReader one(item, place, faults_);
            Sketch::Line line;
            line.row = named(one, "row", kRows, "guide_row");
            if (line.row != Sketch::Row::Camera) line.text = one.words("text", kMaxGuideTitle);
            if (line.row == Sketch::Row::App) line.button = one.words("button", kMaxGuideLabel);
            line.pressed = one.optionalFlag("finger", false);
            one.finish();
            sketch.rows.push_back(std::move(line));
        });
        from.finish();
        return sketch;
    }

    void trouble(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        GuideTrouble trouble;
        trouble.id = from.slug("id");
        if (std::ranges::find(guide_.troubles, trouble.id, &GuideTrouble::id) != guide_.troubles.end())
            from.refuse("id", "survey_id_once");
        trouble.platform = platformOf(from);
        trouble.cause = from.words("cause", kMaxGuideTitle);
        trouble.what = paragraphs(from, "what");
        from.finish();
        guide_.troubles.push_back(std::move(trouble));
    }

    void outcome(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        GuideOutcome outcome;
        outcome.id = from.text("id", kMaxGuideTitle);
        if (!outcome.id.empty() && !wire::isGuideOutcome(outcome.id)) from.refuse("id", "guide_outcome");
        if (std::ranges::find(guide_.outcomes, outcome.id, &GuideOutcome::id) != guide_.outcomes.end())
            from.refuse("id", "survey_id_once");
        outcome.label = from.words("label", kMaxGuideTitle);
        outcome.next = from.optionalWords("next", kMaxParagraph);
        from.finish();
        guide_.outcomes.push_back(std::move(outcome));
    }

    Guide& guide_;
    std::vector<Fault>& faults_;
};

}  // namespace

std::optional<Guide> Guide::read(const json& value, const std::string& at, std::vector<Fault>& faults) {
    const auto before = faults.size();
    Guide guide;
    Reading(guide, faults).read(value, at);
    // Paths only mean something between steps that are all right.
    if (faults.size() == before) checkPaths(guide, at, faults);
    if (faults.size() > before) return {};
    return guide;
}

std::optional<Guide> Guide::parse(std::string_view text, std::vector<Fault>& faults) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (!parsed) {
        faults.push_back(jsonFault(text, parsed.error()));
        return {};
    }
    auto guide = read(*parsed, "", faults);
    findLines(text, faults);
    return guide;
}

base::Result<Guide> Guide::parse(std::string_view text) {
    if (text.size() > kMaxBytes) return base::fail(base::ProblemKind::TooLarge);
    std::vector<Fault> faults;
    if (auto guide = parse(text, faults)) return std::move(*guide);
    return tl::unexpected(problemOf(faults.front()));
}

}  // namespace tram::form
