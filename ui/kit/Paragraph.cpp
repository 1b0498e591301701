#include "ui/kit/Paragraph.h"

#include <algorithm>
#include <cmath>

#include "base/VietnameseText.h"

namespace tram::kit {
namespace {

// A word wider than this does not hold a row or a column open; it is broken instead.
constexpr double kLongestUnbrokenEm = 12;
// The same for a code, which becomes smaller first: so wide a place there is in the largest letters, too.
constexpr double kLongestShrunkEm = 7;
// Lines are balanced to about a letter's width, in device pixels.
constexpr int kBalanceStep = 8;
constexpr double kShrinkStep = 0.02;

std::vector<std::u32string> betweenJoints(std::u32string_view word) {
    std::vector<std::u32string> parts{{}};
    for (const char32_t c : word) {
        parts.back() += c;
        if (std::u32string_view(U"-/@_").find(c) != std::u32string_view::npos) parts.emplace_back();
    }
    return parts;
}

}  // namespace

Paragraph::Paragraph(std::string text, TextStyle style, bool marks)
    : words_(splitWords(text, marks)), style_(std::move(style)) {
    role = style_.heading ? Role::Heading : Role::Text;
    id = style_.id;
    spokenName =
        !style_.spoken.empty() ? style_.spoken : broken(marks ? withoutMarks(text) : std::move(text));
}

Face Paragraph::face(const Canvas& canvas, bool bold) const {
    auto type = canvas.theme().type(style_.role);
    type.size *= share_;
    type.tracking *= share_;
    return faceOf(type, bold || style_.bold);
}

double Paragraph::wordWidth(Canvas& canvas, const TextWord& word) const {
    double sum = 0;
    for (const auto& piece : word.pieces) sum += canvas.fonts().width(face(canvas, piece.bold), piece.text);
    return sum;
}

double Paragraph::longestWord(Canvas& canvas) const {
    double longest = 0;
    for (const auto& word : words_) longest = std::max(longest, wordWidth(canvas, word));
    return longest;
}

/// As large as it can be whole; a word that would have to be smaller than allowed is broken at full size.
void Paragraph::shrink(Canvas& canvas, int width) {
    share_ = 1;
    if (style_.least >= 1) return;
    while (share_ > style_.least && longestWord(canvas) > width)
        share_ = std::max(style_.least, share_ - kShrinkStep);
    if (longestWord(canvas) > width) share_ = 1;
}

Widths Paragraph::measureWidths(Canvas& canvas) {
    share_ = 1;
    linesFor_ = -1;
    const double blank = canvas.fonts().width(face(canvas, false), " ");
    const double longest =
        canvas.theme().type(style_.role).size * (style_.least < 1 ? kLongestShrunkEm : kLongestUnbrokenEm);
    double line = 0, natural = 0, min = 0, hang = 0;
    for (const auto& word : words_) {
        const double width = wordWidth(canvas, word);
        const bool first = word.breakBefore || line == 0;
        if (first) hang = hangOf(canvas, word);
        line = first ? width : line + blank + width;
        natural = std::max(natural, line);
        min = std::max(min, std::min(width * style_.least, longest) + hang);
    }
    return {static_cast<int>(std::ceil(min)), static_cast<int>(std::ceil(natural))};
}

int Paragraph::measureHeight(Canvas& canvas, int width) {
    return std::max(1, lineCount(canvas, width)) * canvas.theme().type(style_.role).lineHeight;
}

const std::vector<Paragraph::Line>& Paragraph::lines(Canvas& canvas, int width) {
    if (linesFor_ == width) return lines_;
    linesFor_ = width;
    shrink(canvas, width);
    breakAt(canvas, width);
    if (style_.align == Align::Centre) balance(canvas, width);
    measureRuns(canvas);
    return lines_;
}

void Paragraph::breakAt(Canvas& canvas, int width) {
    lines_.clear();
    for (std::size_t at = 0; at < words_.size(); ++at)
        addWord(canvas, words_[at], width, besideLast(canvas, at, width));
}

/// What the last word of a text needs beside the one before it: none is left alone on a last line.
double Paragraph::besideLast(Canvas& canvas, std::size_t at, int width) const {
    const bool beforeLast = at + 1 < words_.size() && !words_[at + 1].breakBefore &&
                            (at + 2 == words_.size() || words_[at + 2].breakBefore);
    if (!beforeLast || words_[at].breakBefore) return 0;
    const double last = canvas.fonts().width(face(canvas, false), " ") + wordWidth(canvas, words_[at + 1]);
    return hang_ + wordWidth(canvas, words_[at]) + last <= width ? last : 0;
}

/// The narrowest width that takes no line more: no single word is left below centred lines.
void Paragraph::balance(Canvas& canvas, int width) {
    const auto count = lines_.size();
    const double longest = longestWord(canvas);
    if (count < 2 || longest > width) return;
    int enough = width, tooNarrow = std::max(width / 2, static_cast<int>(longest));
    while (enough - tooNarrow > kBalanceStep) {
        const int middle = (tooNarrow + enough) / 2;
        breakAt(canvas, middle);
        (lines_.size() > count ? tooNarrow : enough) = middle;
    }
    breakAt(canvas, enough);
}

void Paragraph::addLine(double indent) {
    lines_.emplace_back();
    open_ = lines_.back().indent = indent;
}

double Paragraph::hangOf(Canvas& canvas, const TextWord& word) const {
    const bool point = word.pieces.size() == 1 && word.pieces.front().text == "•";
    if (!point || style_.align != Align::Start) return 0;
    return wordWidth(canvas, word) + canvas.fonts().width(face(canvas, false), " ");
}

void Paragraph::addWord(Canvas& canvas, const TextWord& word, int width, double next) {
    const double blank = canvas.fonts().width(face(canvas, false), " ");
    const double own = wordWidth(canvas, word);
    const bool fits = !lines_.empty() && !word.breakBefore && open_ + blank + own + next <= width;
    const bool first = lines_.empty() || word.breakBefore;
    if (first) hang_ = hangOf(canvas, word);
    if (!fits) addLine(first ? 0 : hang_);
    if (own > width - lines_.back().indent) return addBroken(canvas, word, width);
    for (std::size_t i = 0; i < word.pieces.size(); ++i)
        addPiece(word.pieces[i], i == 0 && !lines_.back().runs.empty());
    open_ += own + (fits ? blank : 0);
}

void Paragraph::addPiece(const TextPiece& piece, bool blankBefore) {
    auto& runs = lines_.back().runs;
    if (runs.empty() || runs.back().bold != piece.bold) {
        if (blankBefore) runs.back().text += ' ';
        runs.push_back({piece.text, piece.bold, 0});
    } else {
        runs.back().text += (blankBefore ? " " : "") + piece.text;
    }
}

/// Behind the joints of a code or an address, so that no number is taken for two; anywhere when a part
/// between two joints is still too long.
void Paragraph::addBroken(Canvas& canvas, const TextWord& word, int width) {
    for (const auto& piece : word.pieces)
        for (const auto& part : betweenJoints(base::toUtf32(piece.text))) {
            const auto whole = base::toUtf8(part);
            if (canvas.fonts().width(face(canvas, piece.bold), whole) <= width) {
                addPart(canvas, {whole, piece.bold}, width);
                continue;
            }
            for (const char32_t c : part)
                addPart(canvas, {base::toUtf8(std::u32string_view(&c, 1)), piece.bold}, width);
        }
}

void Paragraph::addPart(Canvas& canvas, const TextPiece& part, int width) {
    const double own = canvas.fonts().width(face(canvas, part.bold), part.text);
    if (open_ > lines_.back().indent && open_ + own > width) addLine(hang_);
    addPiece(part, false);
    open_ += own;
}

void Paragraph::measureRuns(Canvas& canvas) {
    for (auto& line : lines_) {
        line.width = line.indent;
        for (auto& run : line.runs) {
            run.width = canvas.fonts().width(face(canvas, run.bold), run.text);
            line.width += run.width;
        }
    }
}

double Paragraph::widest(Canvas& canvas, int width) {
    double widest = 0;
    for (const auto& line : lines(canvas, width)) widest = std::max(widest, line.width);
    return widest;
}

bool Paragraph::overflows(Canvas& canvas) {
    const auto& broken = lines(canvas, rect_.width);
    const int height = static_cast<int>(broken.size()) * canvas.theme().type(style_.role).lineHeight;
    return widest(canvas, rect_.width) > rect_.width + 1 || height > rect_.height;
}

void Paragraph::paint(Painter& painter) {
    const auto& type = painter.theme().type(style_.role);
    const auto colour = painter.theme().colour(style_.colour);
    const auto strong = painter.theme().colour(style_.colour == Colour::Muted ? Colour::Ink : style_.colour);
    double y = rect_.y + (type.lineHeight - painter.fonts().height(face(painter, false))) / 2;
    for (const auto& line : lines(painter, rect_.width)) {
        double x = rect_.x + line.indent;
        if (style_.align == Align::Centre) x += (rect_.width - line.width) / 2;
        if (style_.align == Align::End) x += rect_.width - line.width;
        for (const auto& run : line.runs) {
            painter.text(run.text, face(painter, run.bold), run.bold ? strong : colour, std::round(x), y);
            x += run.width;
        }
        y += type.lineHeight;
    }
}

ViewRef paragraph(std::string text, TextStyle style) {
    return std::make_shared<Paragraph>(std::move(text), std::move(style), true);
}

ViewRef plainText(std::string text, TextStyle style) {
    return std::make_shared<Paragraph>(std::move(text), std::move(style), false);
}

}  // namespace tram::kit
