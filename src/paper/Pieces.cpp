#include "paper/Pieces.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "qr/QrCode.h"

namespace tram::paper {

namespace {

constexpr double kBlockSpace = 0.75, kItemSpace = 0.35;  // of the body's size
constexpr double kDotMm = 0.125;                         // of a printer with 203 dots an inch
constexpr double kLeastDots = 3;                         // of a QR code's module
constexpr std::size_t kMostText = 256 * 1024;            // beyond any page of ours; no time is spent on it

/// One block after the other becomes pieces.
class Cutter {
  public:
    Cutter(const Measures& measures, const TextSetter& setter)
        : m_(measures), setter_(setter), width_(measures.inner() * kPointsPerMm) {}

    void operator()(const Title& title) { text(title.text, {m_.title, true}, 2 * kBlockSpace, true); }
    void operator()(const Heading& heading) { text(heading.text, {m_.heading, true}, 2 * kBlockSpace, true); }
    void operator()(const Paragraph& paragraph) {
        text(paragraph.text, {m_.body, paragraph.strong}, kBlockSpace, false);
    }
    void operator()(const Small& small) { text(small.text, {m_.small}, kBlockSpace, false); }
    void operator()(const Rows& rows) {
        double space = kBlockSpace;
        for (const auto& row : rows.rows) {
            if (m_.labels > 0)
                sideBySide(row, space);
            else
                stacked(row, space);
            space = kItemSpace;
        }
    }
    void operator()(const Bars& bars) {
        double most = bars.most;
        if (most <= 0)
            for (const auto& bar : bars.bars) most = std::max(most, bar.value);
        double space = kBlockSpace;
        for (const auto& bar : bars.bars) {
            figure(bar, space);
            share(most > 0 ? std::clamp(bar.value / most, 0.0, 1.0) : 0);
            space = 2 * kItemSpace;
        }
    }
    void operator()(const Items& items) {
        double space = kBlockSpace;
        for (std::size_t i = 0; i < items.texts.size(); ++i) {
            item(items.texts[i], items.mark, i + 1, space);
            space = 1.5 * kItemSpace;
        }
    }
    void operator()(const Code& code) {
        text(code.label, {m_.small, false, true}, kBlockSpace, true);
        text(code.text, {sizeFor(code.text), true, true}, code.label.empty() ? kBlockSpace : 0, false);
    }
    void operator()(const Rule&) {
        const double width = width_;
        add(kBlockSpace, 1, [width](cairo_t* cairo, double x, double y) {
            cairo_rectangle(cairo, x, y, width, 0.7);
            cairo_fill(cairo);
        });
    }
    void operator()(const Qr& qr) {
        const auto code = qr::QrCode::encode(qr.text);
        if (!code) return void(problem_ = code.error());
        const double least = std::ceil(qr.readFromMm / 500 / kDotMm);  // as of leastSideMm
        const double fits = std::floor(m_.inner() / (code->size + 2 * qr::QrCode::kQuietModules) / kDotMm);
        if (fits < kLeastDots) return void(problem_ = base::Problem{base::ProblemKind::OutOfRange, {}});
        symbol(*code, std::max(kLeastDots, std::min(least, fits)) * kDotMm * kPointsPerMm);
        text(qr.caption, {m_.small, false, true}, 0, false);
    }

    Pieces pieces;
    const std::optional<base::Problem>& problem() const { return problem_; }

  private:
    void add(double space, double height, decltype(Piece::draw) draw, bool withNext = false) {
        pieces.push_back({space * m_.body, height, withNext, std::move(draw)});
    }
    std::vector<TextLine> lines(std::string_view words, const TextStyle& style, double width) {
        text_ += words.size();
        if (text_ > kMostText) problem_ = base::Problem{base::ProblemKind::TooLarge, {}};
        return problem_ ? std::vector<TextLine>{} : setter_.lines(words, style, width);
    }
    void text(std::string_view words, const TextStyle& style, double space, bool withNext) {
        for (auto& line : lines(words, style, width_)) {
            const double height = line.height;
            add(
                space, height,
                [line = std::move(line)](cairo_t* c, double x, double y) { line.draw(c, x, y); }, withNext);
            space = 0;
        }
    }
    void stacked(const Rows::Row& row, double space) {
        text(row.label, {m_.small}, space, true);
        text(row.value, {m_.body, true}, row.label.empty() ? space : 0, false);
    }
    void sideBySide(const Rows::Row& row, double space) {
        const double column = m_.labels * kPointsPerMm, gap = m_.body;
        const auto labels = lines(row.label, {m_.body}, column - gap);
        const auto values = lines(row.value, {m_.body, true}, width_ - column);
        for (std::size_t i = 0; i < std::max(labels.size(), values.size()); ++i) {
            const auto at = [i](const auto& set) { return i < set.size() ? set[i] : TextLine{}; };
            const TextLine label = at(labels), value = at(values);
            add(i == 0 ? space : 0, std::max(label.height, value.height),
                [=](cairo_t* cairo, double x, double y) {
                    if (label.line) label.draw(cairo, x, y);
                    if (value.line) value.draw(cairo, x + column, y);
                });
        }
    }
    /// Label left, figure right; one under the other when the figure takes more than its half of the line.
    void figure(const Bars::Bar& bar, double space) {
        const auto shown = lines(bar.shown, {m_.body, true}, width_ / 2);
        const bool fits = shown.size() == 1;
        const double right = fits ? shown.front().width : 0;
        auto labels = lines(bar.label, {m_.body}, fits ? width_ - right - m_.body : width_);
        if (labels.empty() && fits) labels.emplace_back();
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const TextLine label = labels[i], value = fits && i == 0 ? shown.front() : TextLine{};
            const double at = width_ - right;
            add(
                i == 0 ? space : 0, std::max(label.height, value.height),
                [=](cairo_t* cairo, double x, double y) {
                    if (label.line) label.draw(cairo, x, y);
                    if (value.line) value.draw(cairo, x + at, y);
                },
                true);
        }
        if (!fits) text(bar.shown, {m_.body, true}, labels.empty() ? space : 0, true);
    }
    /// A frame, and as much of it black.
    void share(double part) {
        const double width = width_, high = 0.6 * m_.body, pen = 0.07 * m_.body;
        add(0.2, high, [=](cairo_t* cairo, double x, double y) {
            cairo_set_line_width(cairo, pen);
            cairo_rectangle(cairo, x + pen / 2, y + pen / 2, width - pen, high - pen);
            cairo_stroke(cairo);
            cairo_rectangle(cairo, x, y, width * part, high);
            cairo_fill(cairo);
        });
    }
    void item(const std::string& words, Items::Mark mark, std::size_t number, double space) {
        const double indent = (number > 99 ? 3.0 : 2.2) * m_.body, box = 0.95 * m_.body;
        const auto set = lines(words, {m_.body}, width_ - indent);
        const auto numbers = mark == Items::Mark::Number
                                 ? lines(std::to_string(number) + ".", {m_.body, true}, indent)
                                 : std::vector<TextLine>{};
        for (std::size_t i = 0; i < set.size(); ++i) {
            const TextLine line = set[i];
            const TextLine before = i == 0 && !numbers.empty() ? numbers.front() : TextLine{};
            const bool boxed = i == 0 && mark == Items::Mark::Box;
            add(
                i == 0 ? space : 0, line.height,
                [=](cairo_t* cairo, double x, double y) {
                    if (before.line) before.draw(cairo, x, y);
                    if (boxed) {
                        cairo_set_line_width(cairo, 0.09 * box);
                        cairo_rectangle(cairo, x + 0.05 * box, y + line.above - 0.9 * box, 0.95 * box,
                                        0.95 * box);
                        cairo_stroke(cairo);
                    }
                    line.draw(cairo, x + indent, y);
                },
                i == 0 && set.size() > 1);
        }
    }
    /// The largest size, down to the body's, at which it is one line.
    double sizeFor(const std::string& code) {
        constexpr double kUnbroken = 1e6;
        const auto whole = lines(code, {m_.code, true}, kUnbroken);
        const double wide = whole.empty() ? 0 : whole.front().width;
        return wide <= width_ ? m_.code : std::max(m_.body, std::floor(m_.code * width_ / wide));
    }
    void symbol(const qr::QrCode& code, double module) {
        const double quiet = qr::QrCode::kQuietModules * module;
        const double side = code.size * module + 2 * quiet, left = (width_ - side) / 2 + quiet;
        add(
            kBlockSpace, side,
            [code, module, quiet, left](cairo_t* cairo, double x, double y) {
                // In one path, or a printer shows the seams between its squares.
                for (int row = 0; row < code.size; ++row)
                    for (int column = 0, run; column < code.size; column += std::max(run, 1)) {
                        for (run = 0; column + run < code.size && code.at(column + run, row);) ++run;
                        if (run > 0)
                            cairo_rectangle(cairo, x + left + column * module, y + quiet + row * module,
                                            run * module, module);
                    }
                cairo_fill(cairo);
            },
            true);
    }

    const Measures& m_;
    const TextSetter& setter_;
    const double width_;
    std::size_t text_ = 0;
    std::optional<base::Problem> problem_;
};

}  // namespace

base::Result<Pieces> piecesOf(const Sheet& sheet, const Measures& measures, const TextSetter& setter) {
    Cutter cutter(measures, setter);
    for (const auto& block : sheet.blocks) {
        std::visit(cutter, block);
        if (cutter.problem()) return tl::unexpected(*cutter.problem());
    }
    // A symbol without a caption, a title without a text: nothing must follow what is the last.
    if (!cutter.pieces.empty()) cutter.pieces.back().withNext = false;
    return std::move(cutter.pieces);
}

}  // namespace tram::paper
