#include "ui/kit/FieldBox.h"

#include <wx/event.h>

#include <algorithm>
#include <cmath>

#include "base/VietnameseText.h"
#include "ui/kit/Characters.h"
#include "ui/kit/Text.h"

namespace tram::kit {
namespace {

constexpr std::string_view kWholeCode = "K7M-3Q9-X2T-W";
constexpr double kSinglePadding = 20, kCaretClear = 6;

}  // namespace

FieldBox::FieldBox(const TextFieldOptions& o)
    : model_(o.model),
      placeholder_(o.placeholder),
      icon_(o.icon),
      trailing_(o.trailing),
      multiline_(o.multiline),
      large_(o.large),
      masked_(o.masked),
      wrong_(o.wrong || !o.error.empty()),
      minLines_(std::max(1, o.minLines)) {
    id = o.id;
    role = Role::TextField;
    enabled = o.enabled;
    spokenName = !o.spoken.empty() ? o.spoken : !o.label.empty() ? o.label : o.placeholder;
    if (trailing_) children_.push_back(trailing_);
}

/// A mark for each character, so that caret and places stay what they are.
std::u32string FieldBox::shown() const {
    constexpr char32_t kMark = U'•';
    return masked_ ? std::u32string(model_->content().size(), kMark) : model_->content();
}

Face FieldBox::face(const Canvas& canvas) const {
    auto style = canvas.theme().type(large_ ? Type::Code : Type::Body);
    if (size_ > 0) style.size = size_;
    return faceOf(style);
}

int FieldBox::lineHeight(const Canvas& canvas) const {
    return canvas.theme().type(large_ ? Type::Code : Type::Body).lineHeight;
}

int FieldBox::paddingY(const Canvas& canvas) const {
    if (multiline_) return canvas.length(Length::FieldPaddingTop);
    return std::max(canvas.px(kSinglePadding), (canvas.length(Length::FieldHeight) - lineHeight(canvas)) / 2);
}

int FieldBox::before(const Canvas& canvas) const {
    const int padding = canvas.length(Length::FieldPadding);
    return icon_.empty() ? padding : padding + canvas.length(Length::Icon) * 2;
}

int FieldBox::after(Canvas& canvas) const {
    const int padding = canvas.length(Length::FieldPadding);
    return trailing_ ? trailing_->widths(canvas).natural + padding : padding;
}

Rect FieldBox::textArea(Canvas& canvas) const {
    const int left = before(canvas);
    const int y = multiline_ ? paddingY(canvas) : std::max(0, (rect_.height - lineHeight(canvas)) / 2);
    return {rect_.x + left, rect_.y + y, rect_.width - left - after(canvas), rect_.height - 2 * y};
}

Widths FieldBox::measureWidths(Canvas& canvas) {
    const int least = before(canvas) + after(canvas) + static_cast<int>(face(canvas).pixels() * 4);
    return {least, std::max(least, canvas.px(480))};
}

int FieldBox::heightOfLines(const Canvas& canvas, std::size_t lines) const {
    return static_cast<int>(lines) * lineHeight(canvas) + 2 * paddingY(canvas);
}

int FieldBox::measureHeight(Canvas& canvas, int width) {
    std::size_t lines = static_cast<std::size_t>(minLines_);
    if (multiline_) {
        const int room = width - before(canvas) - after(canvas);
        lines = std::max(lines, breakLines(canvas, face(canvas), shown(), room).size());
    }
    const int trailing =
        trailing_ ? trailing_->heightFor(canvas, trailing_->widths(canvas).natural) + canvas.px(12) : 0;
    return std::max({heightOfLines(canvas, lines), canvas.length(Length::FieldHeight),
                     canvas.theme().target(), trailing});
}

int FieldBox::minHeightFor(Canvas& canvas, int width) {
    const int least = std::max(heightOfLines(canvas, static_cast<std::size_t>(minLines_)),
                               canvas.length(Length::FieldHeight));
    return std::min(heightFor(canvas, width), least);
}

// A code is compared with paper: all of it stays in sight, if need be in smaller letters.
void FieldBox::fitFace(Canvas& canvas) {
    if (!large_) return;
    size_ = canvas.theme().type(Type::Code).size;
    const double least = canvas.theme().type(Type::Body).size;
    const int room = textArea(canvas).width - canvas.length(Length::Caret) - canvas.length(Length::Line);
    const auto fits = [&] {
        return std::max(canvas.fonts().width(face(canvas), kWholeCode),
                        widthOf(canvas, face(canvas), shown())) <= room;
    };
    while (size_ > least && !fits()) size_ = std::max(least, size_ - 2);
}

void FieldBox::layout(Canvas& canvas) {
    fitFace(canvas);
    breakText(canvas);
    const int height = static_cast<int>(lines_.size()) * lineHeight(canvas);
    range_ = multiline_ ? std::max(0, height - textArea(canvas).height) : 0;
    if (model_->caret() != followed_) follow(canvas);
    followed_ = model_->caret();
    offset_ = std::clamp(offset_, 0, range_);
    if (!trailing_) return;
    const int width = trailing_->widths(canvas).natural;
    const int high = std::min(rect_.height, trailing_->heightFor(canvas, width));
    trailing_->place(canvas, {rect_.x + rect_.width - width - canvas.px(12),
                              rect_.y + (rect_.height - high) / 2, width, high});
}

void FieldBox::breakText(Canvas& canvas) {
    if (multiline_)
        lines_ = breakLines(canvas, face(canvas), shown(), textArea(canvas).width);
    else
        lines_ = {{0, shown().size()}};
}

int FieldBox::caretX(Canvas& canvas) const {
    const auto& line = lines_[lineOf(lines_, model_->caret())];
    const auto all = shown();
    const std::u32string_view text = all;
    return static_cast<int>(
        widthOf(canvas, face(canvas), text.substr(line.from, model_->caret() - line.from)));
}

// The caret stays in sight: down the lines of several, along the one line of a single.
void FieldBox::follow(Canvas& canvas) {
    const Rect area = textArea(canvas);
    const int top = static_cast<int>(lineOf(lines_, model_->caret())) * lineHeight(canvas);
    offset_ = std::clamp(offset_, std::max(0, top + lineHeight(canvas) - area.height), std::max(0, top));
    if (multiline_) return;
    const int x = caretX(canvas), caret = canvas.length(Length::Caret);
    sideways_ = std::clamp(sideways_, std::max(0, x + caret - area.width), x);
}

Rect FieldBox::essential(Canvas& canvas) const {
    const Rect area = textArea(canvas);
    const int line = static_cast<int>(lineOf(lines_, model_->caret()));
    return {area.x, area.y + line * lineHeight(canvas) - offset_, area.width, lineHeight(canvas)};
}

void FieldBox::carry(const View& before) {
    const auto* field = dynamic_cast<const FieldBox*>(&before);
    if (!field) return;
    offset_ = field->offset_;
    sideways_ = field->sideways_;
    followed_ = field->followed_;
}

void FieldBox::scrollTo(int offset) {
    offset_ = std::clamp(offset, 0, range_);
}

void FieldBox::tapped(Canvas& canvas, wxPoint at) {
    const Rect area = textArea(canvas);
    const int line =
        std::clamp((at.y - area.y + offset_) / lineHeight(canvas), 0, static_cast<int>(lines_.size()) - 1);
    const double x = at.x - area.x + sideways_;
    model_->moveTo(nearest(canvas, face(canvas), shown(), lines_[static_cast<std::size_t>(line)], x));
}

bool FieldBox::onKey(const wxKeyEvent& event) {
    switch (event.GetKeyCode()) {
        case WXK_LEFT:
        case WXK_NUMPAD_LEFT:
            model_->left();
            return true;
        case WXK_RIGHT:
        case WXK_NUMPAD_RIGHT:
            model_->right();
            return true;
        case WXK_HOME:
        case WXK_NUMPAD_HOME:
            model_->home();
            return true;
        case WXK_END:
        case WXK_NUMPAD_END:
            model_->end();
            return true;
        case WXK_BACK:
            model_->backspace();
            return true;
        case WXK_DELETE:
        case WXK_NUMPAD_DELETE:
            model_->erase();
            return true;
        case WXK_RETURN:
        case WXK_NUMPAD_ENTER:
            model_->enter();
            return true;
        case WXK_UP:
            return upOrDown(-1);
        case WXK_DOWN:
            return upOrDown(1);
        default:
            return false;
    }
}

bool FieldBox::upOrDown(int direction) {
    const auto line = static_cast<int>(lineOf(lines_, model_->caret()));
    const int next = line + direction;
    if (!multiline_ || next < 0 || next >= static_cast<int>(lines_.size())) return false;
    const std::size_t column = model_->caret() - lines_[static_cast<std::size_t>(line)].from;
    const auto& target = lines_[static_cast<std::size_t>(next)];
    model_->moveTo(std::min(target.from + column, target.to));
    return true;
}

void FieldBox::paintShape(Painter& painter) {
    const auto& theme = painter.theme();
    const auto line = wrong_ ? Colour::Warn : focused ? Colour::Primary : Colour::Outline;
    const auto width = focused || wrong_ ? Length::StrongOutline : Length::Line;
    painter.fill(rect_, theme.colour(enabled ? Colour::Card : Colour::DisabledFill), cornerRadius(theme));
    painter.outline(rect_, theme.colour(line), theme.length(width), cornerRadius(theme));
    if (icon_.empty()) return;
    const int side = theme.length(Length::Icon) * 4 / 3;
    painter.icon(
        icon_, theme.colour(Colour::Muted),
        {rect_.x + theme.length(Length::FieldPadding), rect_.y + (rect_.height - side) / 2, side, side});
}

void FieldBox::paint(Painter& painter) {
    paintShape(painter);
    const Rect area = textArea(painter);
    const int bleed = painter.length(Length::Caret);  // a caret at the end of a full line stays whole
    painter.pushClip({area.x, rect_.y + bleed, area.width + bleed, rect_.height - 2 * bleed});
    if (model_->empty())
        paintPlaceholder(painter, area);
    else
        paintText(painter, area);
    if (focused) paintCaret(painter, area);
    painter.popClip();
    paintChildren(painter);
    if (pressed && !focused)
        painter.fill(rect_, painter.theme().colour(Colour::Pressed), cornerRadius(painter.theme()));
}

void FieldBox::paintText(Painter& painter, const Rect& area) {
    const auto colour = painter.theme().colour(enabled ? Colour::Ink : Colour::DisabledInk);
    const int step = lineHeight(painter);
    const double drop = (step - painter.fonts().height(face(painter))) / 2;
    const auto all = shown();
    const std::u32string_view text = all;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const int y = area.y + static_cast<int>(i) * step - offset_;
        if (y + step < rect_.y || y > rect_.y + rect_.height) continue;
        const auto part = base::toUtf8(text.substr(lines_[i].from, lines_[i].to - lines_[i].from));
        painter.text(part, face(painter), colour, area.x - sideways_, y + drop);
    }
}

void FieldBox::paintPlaceholder(Painter& painter, const Rect& area) {
    const int shift = placeholderShift(painter), width = area.width - shift;
    if (multiline_) {
        auto words = plainText(placeholder_, {.role = Type::Body, .colour = Colour::Muted});
        words->place(painter, {area.x + shift, area.y, width, words->heightFor(painter, width)});
        return words->paint(painter);
    }
    const auto letters = placeholderFace(painter, width);
    const double drop = (area.height - painter.fonts().height(letters)) / 2;
    painter.text(shortened(painter, letters, width), letters, painter.theme().colour(Colour::Muted),
                 area.x + shift, area.y + drop);
}

// An example is of use when it is whole: it gives of its size, down to that of 100 % text, before it is cut.
Face FieldBox::placeholderFace(const Canvas& canvas, int room) const {
    auto type = canvas.theme().type(Type::Body);
    const double least = type.size * 100 / canvas.theme().textPercent();
    while (type.size > least && canvas.fonts().width(faceOf(type), placeholder_) > room)
        type.size = std::max(least, type.size - 2);
    return faceOf(type);
}

int FieldBox::placeholderShift(const Canvas& canvas) const {
    return canvas.length(Length::Line) + canvas.length(Length::Caret) + canvas.px(kCaretClear);
}

std::string FieldBox::shortened(Canvas& canvas, const Face& face, int room) const {
    if (canvas.fonts().width(face, placeholder_) <= room) return placeholder_;
    const auto all = base::toUtf32(placeholder_);
    for (std::size_t end = all.size(); end > 0; --end) {
        if (end < all.size() && joinsBefore(all, end)) continue;
        if (all[end - 1] == U' ') continue;
        const auto part = base::toUtf8(std::u32string_view(all).substr(0, end)) + "…";
        if (canvas.fonts().width(face, part) <= room) return part;
    }
    return "…";
}

void FieldBox::paintCaret(Painter& painter, const Rect& area) {
    // In an empty field it stands before the placeholder, whose letters are the body's.
    const auto beside = model_->empty() ? faceOf(painter.theme().type(Type::Body)) : face(painter);
    const int step = lineHeight(painter), height = static_cast<int>(beside.pixels() * 1.2);
    const int y =
        area.y + static_cast<int>(lineOf(lines_, model_->caret())) * step - offset_ + (step - height) / 2;
    const int clear = painter.length(Length::Line);  // of the letter before
    const int x = std::min(area.x + caretX(painter) - sideways_ + clear, area.x + area.width);
    painter.fill({x, y, painter.length(Length::Caret), height}, painter.theme().colour(Colour::Primary));
}

}  // namespace tram::kit
