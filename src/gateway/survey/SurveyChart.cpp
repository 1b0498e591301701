#include <fmt/core.h>

#include <algorithm>

#include "base/Markup.h"
#include "base/VietnameseText.h"
#include "gateway/survey/SurveyResults.h"

namespace tram::gateway {

namespace {

constexpr int kWidth = 900, kLabel = 380, kBar = 420, kRow = 26, kMargin = 24, kMostLetters = 52;

/// SVG breaks no lines.
std::string shortened(const std::string& text, std::size_t most) {
    return base::characters(text) <= most ? text : base::firstCharacters(text, most - 1) + "…";
}

class Chart {
  public:
    Chart(const SurveyResults& results, const std::string& language) : language_(language) {
        heading(results.survey.form.title.in(language),
                results.asOf ? std::to_string(results.counts.counted) : "…", 20);
        for (const auto& tally : results.tallies) add(tally);
    }
    std::string svg() const {
        return fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
            "font-family=\"sans-serif\" font-size=\"14\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
            "{2}</svg>\n",
            kWidth, y_ + kMargin, body_);
    }

  private:
    void text(int x, std::string_view words, std::string_view more = "") {
        body_ += fmt::format("<text x=\"{}\" y=\"{}\" {}>{}</text>", x, y_, more, base::markupText(words));
    }
    void heading(const std::string& words, const std::string& n, int size) {
        y_ += kRow + size;
        text(kMargin, shortened(words, 90), fmt::format("font-size=\"{}\" font-weight=\"bold\"", size));
        y_ += kRow - 6;
        text(kMargin, fmt::format("n = {}", n), "fill=\"#555\"");
    }
    void add(const Tally& tally) {
        heading(tally.question->text.in(language_), std::to_string(tally.answered), 15);
        std::int64_t most = 1;
        for (const auto& bar : tally.bars) most = std::max(most, bar.count);
        for (const auto& bar : tally.bars) addBar(bar, most);
        if (!tally.numbers) return;
        y_ += kRow;
        text(kMargin,
             fmt::format("min = {:.2f}   max = {:.2f}   M = {:.2f}   Md = {:.2f}", tally.numbers->least,
                         tally.numbers->most, tally.numbers->mean, tally.numbers->median));
    }
    void addBar(const Tally::Bar& bar, std::int64_t most) {
        y_ += kRow;
        text(kMargin, shortened(bar.label.in(language_), kMostLetters));
        const auto width = static_cast<int>(bar.count * kBar / most);
        body_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" fill=\"#1d5fa8\"/>",
                             kLabel + kMargin, y_ - 13, width);
        text(kLabel + kMargin + width + 8, std::to_string(bar.count));
    }

    const std::string& language_;
    std::string body_;
    int y_ = 0;
};

}  // namespace

std::string chartSvg(const SurveyResults& results, const std::string& language) {
    return Chart(results, language).svg();
}

}  // namespace tram::gateway
