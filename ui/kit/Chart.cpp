#include "ui/kit/Chart.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/kit/Layout.h"
#include "ui/kit/Text.h"

namespace tram::kit {
namespace {

constexpr Type kFigure = Type::Note, kLabel = Type::Caption;
constexpr double kBetween = 16, kAir = 8, kWidestBar = 120, kRoomOfBar = 112, kBarShare = 0.78;
constexpr double kBarRadius = 14, kPoint = 18, kShareHeight = 18;

double greatest(const std::vector<ChartMark>& marks) {
    double most = 0;
    for (const auto& mark : marks) most = std::max(most, mark.value);
    return most;
}

double partOf(double value, double whole) {
    return whole > 0 ? std::clamp(value / whole, 0.0, 1.0) : 0;
}

/// Marks beside each other in columns of one width, figures in the field and labels below it.
class Upright : public View {
  public:
    explicit Upright(const ChartOptions& o)
        : marks_(o.marks), most_(o.most > 0 ? o.most : greatest(o.marks)), height_(o.height) {}

  protected:
    Widths measureWidths(Canvas& canvas) override {
        int widest = 0;
        for (const auto& mark : marks_)
            widest =
                std::max(widest, static_cast<int>(std::ceil(std::max(width(canvas, kFigure, mark.shown),
                                                                     width(canvas, kLabel, mark.label)))));
        const int count = static_cast<int>(marks_.size());
        const int least = (widest + canvas.px(kBetween)) * count;
        return {least, std::max(least, canvas.px(kRoomOfBar) * count)};
    }
    int measureHeight(Canvas& canvas, int) override {
        return above(canvas) + canvas.px(height_) + below(canvas) + canvas.px(kAir) + high(canvas, kLabel);
    }

    /// Between the highest figure and the labels: bars and points stand in it.
    Rect field(const Canvas& canvas) const {
        return {rect_.x, rect_.y + above(canvas), rect_.width, canvas.px(height_)};
    }
    Rect columnOf(std::size_t at) const {
        const double wide = static_cast<double>(rect_.width) / static_cast<double>(marks_.size());
        const int left = static_cast<int>(wide * static_cast<double>(at));
        return {rect_.x + left, rect_.y, static_cast<int>(wide), rect_.height};
    }
    int heightOf(const Canvas& canvas, std::size_t at) const {
        return static_cast<int>(partOf(marks_[at].value, most_) * canvas.px(height_));
    }
    void paintFoot(Painter& painter) {
        const auto& theme = painter.theme();
        const int line = theme.length(Length::Line), foot = field(painter).GetBottom();
        painter.fill({rect_.x, foot, rect_.width, line}, theme.colour(Colour::Outline));
        for (std::size_t i = 0; i < marks_.size(); ++i) {
            const auto column = columnOf(i);
            words(painter, kLabel, Colour::Muted, marks_[i].label,
                  {column.x, foot + below(painter) + painter.px(kAir), column.width, high(painter, kLabel)});
        }
    }
    static void words(Painter& painter, Type type, Colour ink, const std::string& text, const Rect& place) {
        const auto& theme = painter.theme();
        painter.textCentred(text, faceOf(theme.type(type)), theme.colour(ink), place);
    }
    static double width(const Canvas& canvas, Type type, const std::string& text) {
        return canvas.fonts().width(faceOf(canvas.theme().type(type)), text);
    }
    static int high(const Canvas& canvas, Type type) { return canvas.theme().type(type).lineHeight; }
    virtual int above(const Canvas& canvas) const { return high(canvas, kFigure) + canvas.px(kAir) / 2; }
    virtual int below(const Canvas&) const { return 0; }

    std::vector<ChartMark> marks_;

  private:
    double most_, height_;
};

class BarChart final : public Upright {
  public:
    using Upright::Upright;
    void paint(Painter& painter) override {
        for (std::size_t i = 0; i < marks_.size(); ++i) bar(painter, i);
        paintFoot(painter);
    }

  private:
    void bar(Painter& painter, std::size_t at) {
        const auto& theme = painter.theme();
        const auto column = columnOf(at), inside = field(painter);
        const int wide = std::min(static_cast<int>(column.width * kBarShare), painter.px(kWidestBar));
        const int tall = heightOf(painter, at), top = inside.GetBottom() - tall;
        const Rect shape{column.x + (column.width - wide) / 2, top, wide, tall};
        const int radius = std::min(painter.px(kBarRadius), tall);
        if (tall > 0) {
            painter.fill(shape, theme.colour(Colour::Primary), radius);
            painter.fill({shape.x, shape.GetBottom() - tall / 2, wide, tall / 2 + 1},
                         theme.colour(Colour::Primary));
        }
        words(painter, kFigure, Colour::Ink, marks_[at].shown,
              {column.x, top - above(painter), column.width, high(painter, kFigure)});
    }
};

class LineChart final : public Upright {
  public:
    using Upright::Upright;
    void paint(Painter& painter) override {
        paintFoot(painter);
        const auto& theme = painter.theme();
        const auto ink = theme.colour(Colour::Primary);
        for (std::size_t i = 1; i < marks_.size(); ++i)
            painter.stroke(point(painter, i - 1), point(painter, i), ink,
                           theme.length(Length::StrongOutline));
        for (std::size_t i = 0; i < marks_.size(); ++i) mark(painter, i);
    }

  protected:
    int below(const Canvas& canvas) const override { return above(canvas); }

  private:
    wxPoint point(const Canvas& canvas, std::size_t at) const {
        const auto column = columnOf(at);
        return {column.x + column.width / 2, field(canvas).GetBottom() - heightOf(canvas, at)};
    }
    /// Where the line comes down to a point and goes up again, its figure stands below it.
    bool isValley(std::size_t at) const {
        const auto value = [&](std::size_t i) { return marks_[i].value; };
        const bool falls = at > 0 && value(at - 1) > value(at);
        const bool rises = at + 1 < marks_.size() && value(at + 1) > value(at);
        return (falls && (rises || at + 1 == marks_.size())) || (rises && at == 0);
    }
    void mark(Painter& painter, std::size_t at) {
        const auto& theme = painter.theme();
        const auto middle = point(painter, at);
        const int side = painter.px(kPoint), tall = high(painter, kFigure);
        painter.disc({middle.x - side / 2, middle.y - side / 2, side, side}, theme.colour(Colour::Primary));
        const int wide = static_cast<int>(std::ceil(width(painter, kFigure, marks_[at].shown)));
        const int top = isValley(at) ? middle.y + side / 2 : middle.y - side / 2 - tall;
        const Rect place{middle.x - wide / 2, top, wide, tall};
        painter.fill(Rect(place).Inflate(painter.px(4), -painter.px(3)), theme.colour(Colour::Card));
        words(painter, kFigure, Colour::Ink, marks_[at].shown, place);
    }
};

class SharePart final : public View {
  public:
    explicit SharePart(double part) : part_(part) {}
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        const int radius = rect_.height / 2;
        painter.fill(rect_, theme.colour(Colour::Card), radius);
        const int wide = static_cast<int>(rect_.width * part_);
        if (wide > 0) {
            painter.pushClip({rect_.x, rect_.y, wide, rect_.height});
            painter.fill(rect_, theme.colour(Colour::Primary), radius);
            painter.popClip();
        }
        painter.outline(rect_, theme.colour(Colour::Outline), theme.length(Length::Line), radius);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        return {canvas.px(kShareHeight), canvas.px(kShareHeight)};
    }
    int measureHeight(Canvas& canvas, int) override { return canvas.px(kShareHeight); }

  private:
    double part_;
};

/// The whole chart is said as one; its words by themselves are not.
ViewRef unsaid(ViewRef words) {
    words->role = Role::None;
    return words;
}

ViewRef lying(const ChartOptions& o, double whole) {
    Views all;
    for (const auto& mark : o.marks) {
        auto words = row({grow(unsaid(plainText(mark.label, {.role = kLabel}))),
                          unsaid(plainText(unbroken(mark.shown), {.role = kFigure}))},
                         {.gap = kBetween, .align = Align::End});
        all.push_back(column({std::move(words), std::make_shared<SharePart>(partOf(mark.value, whole))},
                             {.gap = kAir}));
    }
    return column(std::move(all), {.gap = 20});
}

std::string saidOf(const ChartOptions& o) {
    std::string said = o.spoken;
    for (const auto& mark : o.marks)
        said += (&mark == &o.marks.front() ? ": " : "; ") + (mark.spoken.empty() ? mark.label : mark.spoken) +
                ": " + mark.shown;
    return broken(std::move(said));
}

ViewRef named(ViewRef chart, const ChartOptions& o) {
    chart->role = Role::Image;
    chart->id = o.id;
    chart->spokenName = saidOf(o);
    return chart;
}

template <class Form>
ViewRef upright(const ChartOptions& o) {
    auto other = lying(o, o.most > 0 ? o.most : greatest(o.marks));
    if (o.marks.empty()) return named(std::move(other), o);
    return named(firstToFit({std::make_shared<Form>(o), std::move(other)}, Fit::Width), o);
}

}  // namespace

ViewRef barChart(ChartOptions o) {
    return upright<BarChart>(o);
}

ViewRef lineChart(ChartOptions o) {
    return upright<LineChart>(o);
}

ViewRef shareChart(ChartOptions o) {
    const double sum = std::accumulate(o.marks.begin(), o.marks.end(), 0.0,
                                       [](double all, const ChartMark& mark) { return all + mark.value; });
    return named(lying(o, o.most > 0 ? o.most : sum), o);
}

}  // namespace tram::kit
