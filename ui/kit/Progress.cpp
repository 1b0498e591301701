#include <algorithm>

#include "ui/kit/Container.h"
#include "ui/kit/Mood.h"
#include "ui/kit/Parts.h"

namespace tram::kit {
namespace {

class Bars final : public View {
  public:
    Bars(int done, int total) : done_(done), total_(std::max(1, total)) {}
    void paint(Painter& painter) override {
        const int gap = painter.length(Length::StepperGap);
        const double width = (rect_.width - gap * (total_ - 1)) / static_cast<double>(total_);
        for (int i = 0; i < total_; ++i) {
            const int from = rect_.x + static_cast<int>(i * (width + gap));
            const auto colour = i < done_ ? Colour::Primary : Colour::Track;
            painter.fill({from, rect_.y, static_cast<int>(width), rect_.height},
                         painter.theme().colour(colour), rect_.height / 2);
        }
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        const int least = canvas.length(Length::StepperGap) * 2 * total_;
        return {least, least};
    }
    int measureHeight(Canvas& canvas, int) override { return canvas.length(Length::StepperBar); }

  private:
    int done_, total_;
};

class ShareBar final : public View {
  public:
    explicit ShareBar(double share) : share_(std::clamp(share, 0.0, 1.0)) {}
    void paint(Painter& painter) override {
        const int radius = rect_.height / 2;
        painter.fill(rect_, painter.theme().colour(Colour::Track), radius);
        const int width = static_cast<int>(rect_.width * share_);
        if (width >= rect_.height)
            painter.fill({rect_.x, rect_.y, width, rect_.height}, painter.theme().colour(Colour::Primary),
                         radius);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        return {canvas.length(Length::StepperBar), canvas.length(Length::StepperBar)};
    }
    int measureHeight(Canvas& canvas, int) override { return canvas.length(Length::StepperBar); }

  private:
    double share_;
};

/// Dots joined by a line, a text beside each.
class Timeline final : public Container {
  public:
    explicit Timeline(std::vector<TimelineEntry> entries)
        : Container(textsOf(entries)), entries_(std::move(entries)) {}

    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            const auto colour = theme.colour(inkOf(entries_[i].mood));
            const Rect dot = dotOf(painter, i);
            if (i + 1 < entries_.size()) {
                const int width = theme.length(Length::TimelineLine);
                const Rect next = dotOf(painter, i + 1);
                painter.fill(
                    {dot.x + (dot.width - width) / 2, dot.y + dot.height, width, next.y - dot.y - dot.height},
                    colour);
            }
            painter.disc(dot, colour);
            const int icon = theme.length(Length::TimelineIcon), inset = (dot.width - icon) / 2;
            painter.icon(entries_[i].icon, theme.colour(Colour::OnPrimary),
                         {dot.x + inset, dot.y + inset, icon, icon});
        }
        paintChildren(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths widest;
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            widest = {std::max(widest.min, w.min), std::max(widest.natural, w.natural)};
        }
        return {widest.min + indent(canvas), widest.natural + indent(canvas)};
    }
    int measureHeight(Canvas& canvas, int width) override {
        int sum = 0;
        for (std::size_t i = 0; i < children_.size(); ++i)
            sum += entryHeight(canvas, i, width) + (i ? canvas.length(Length::TimelineStep) : 0);
        return sum;
    }
    void layout(Canvas& canvas) override {
        int y = rect_.y;
        for (std::size_t i = 0; i < children_.size(); ++i) {
            const int height = entryHeight(canvas, i, rect_.width);
            children_[i]->place(canvas, {rect_.x + indent(canvas), y, rect_.width - indent(canvas), height});
            y += height + canvas.length(Length::TimelineStep);
        }
    }

  private:
    static Views textsOf(const std::vector<TimelineEntry>& entries) {
        Views texts;
        for (const auto& entry : entries)
            texts.push_back(
                column({plainText(entry.title, {.role = Type::Heading}),
                        entry.detail.empty()
                            ? nullptr
                            : plainText(entry.detail, {.role = Type::Caption, .colour = Colour::Muted})},
                       {.gap = 2}));
        return texts;
    }
    static int indent(const Canvas& canvas) {
        return canvas.length(Length::TimelineDot) + canvas.length(Length::TimelineGap);
    }
    int entryHeight(Canvas& canvas, std::size_t i, int width) {
        return std::max(canvas.length(Length::TimelineDot),
                        children_[i]->heightFor(canvas, width - indent(canvas)));
    }
    Rect dotOf(const Canvas& canvas, std::size_t i) const {
        const int side = canvas.length(Length::TimelineDot);
        return {rect_.x, children_[i]->rect().y, side, side};
    }

    std::vector<TimelineEntry> entries_;
};

struct Standing {
    const char* icon;
    Colour colour;
};

Standing standingOf(TruthState state) {
    if (state == TruthState::Done) return {"check_circle", Colour::Ok};
    if (state == TruthState::Waiting) return {"schedule", Colour::Warn};
    return {"radio_button_unchecked", Colour::Muted};
}

ViewRef truthColumn(const Truth& truth) {
    const auto standing = standingOf(truth.state);
    const TextStyle style{.role = Type::Note, .colour = standing.colour, .align = Align::Centre};
    auto label = style;
    label.id = truth.id;
    return column(
        {icon(truth.icon.empty() ? standing.icon : truth.icon, 54, standing.colour), gap(8),
         plainText(truth.label, label), truth.detail.empty() ? nullptr : plainText(truth.detail, style)},
        {.gap = 0});
}

ViewRef truthRow(const Truth& truth) {
    const auto standing = standingOf(truth.state);
    const TextStyle style{.role = Type::Note, .colour = standing.colour};
    auto label = style;
    label.id = truth.id;
    auto words = column(
        {plainText(truth.label, label), truth.detail.empty() ? nullptr : plainText(truth.detail, style)},
        {.gap = 0});
    return row({icon(truth.icon.empty() ? standing.icon : truth.icon, 54, standing.colour), grow(words)},
               {.gap = 22, .flow = false});
}

}  // namespace

ViewRef stepper(StepperOptions o) {
    auto head =
        row({grow(paragraph(o.title, {.role = Type::Display, .heading = true})),
             plainText(unbroken(o.label), {.role = Type::Small, .colour = Colour::Muted, .spoken = o.label})},
            {.align = Align::End});
    return column({head, std::make_shared<Bars>(o.done, o.total)}, {.gap = 24});
}

ViewRef progressBar(double share, std::string spoken) {
    auto bar = std::make_shared<ShareBar>(share);
    bar->role = Role::Status;
    bar->spokenName = broken(std::move(spoken));
    return bar;
}

ViewRef timeline(std::vector<TimelineEntry> entries) {
    return std::make_shared<Timeline>(std::move(entries));
}

ViewRef truths(std::vector<Truth> all, bool below) {
    Views parts;
    for (const auto& truth : all) parts.push_back(below ? truthRow(truth) : truthColumn(truth));
    if (below) return card(column(std::move(parts), {.gap = 18}));
    const int count = static_cast<int>(parts.size());
    return card(grid(count, std::move(parts), {.gap = 24, .whole = true}));
}

}  // namespace tram::kit
