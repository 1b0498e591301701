#include "publish/GuideSource.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "form/Guide.h"
#include "publish/DeclaredSource.h"

namespace tram::publish {

namespace {

constexpr const char* kSomeTopic = "ung-dung";
constexpr const char* kSomeGuide =
    R"({"v":1,"title":{"vi":"-","en":"-"},"intro":{"vi":"-","en":"-"},)"
    R"("steps":[{"id":"a","title":{"vi":"-","en":"-"},"text":[{"vi":"-","en":"-"}],"next":{"vi":"-","en":"-"}}],)"
    R"("outcomes":[{"id":"done","label":{"vi":"-","en":"-"}},{"id":"not_done:a","label":{"vi":"-","en":"-"}}]})";

/// Found by its English name and by the app's own, too.
std::string foundBy(const form::Guide& guide) {
    return guide.app ? guide.title.en + ' ' + guide.app->name : guide.title.en;
}

/// For a phone, which shows no pages to go through: their titles, each once.
std::string stepsOf(const form::Guide& guide) {
    std::vector<std::string> titles;
    for (const auto& step : guide.steps)
        if (std::ranges::find(titles, step.title.vi) == titles.end()) titles.push_back(step.title.vi);
    std::string lines;
    for (const auto& title : titles) lines += (lines.empty() ? "" : "\n") + title;
    return lines;
}

}  // namespace

Table readGuide(std::string_view text, const std::string& file, const wire::LinkHosts& hosts,
                Faults& faults) {
    const Declared declared = {
        "guide",
        {"id", "topic"},
        {"id", "topic", "popularity", "also_found_by"},
        form::Guide::kMaxBytes,
        {{"topic", kSomeTopic}, {"guide", kSomeGuide}},
        [&](const nlohmann::json& value, std::vector<form::Fault>& wrong) -> std::optional<Declared::Words> {
            const auto guide = form::Guide::read(value, "guide", wrong);
            if (!guide) return {};
            wrong = form::offList(*guide, "guide", hosts);
            return Declared::Words{{"title", guide->title.vi},
                                   {"about", guide->intro.vi},
                                   {"also_found_by", foundBy(*guide)},
                                   {"steps", stepsOf(*guide)}};
        }};
    return readDeclared(text, file, declared, faults);
}

}  // namespace tram::publish
