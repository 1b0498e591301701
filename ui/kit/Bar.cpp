#include <algorithm>
#include <numeric>

#include "ui/kit/Container.h"

namespace tram::kit {
namespace {

class Bar final : public Container {
  public:
    Bar(const Views& start, const Views& end, double gap) : Container(joined(start, end)), gap_(gap) {
        starts_ =
            static_cast<std::size_t>(std::count_if(start.begin(), start.end(), [](auto& v) { return v; }));
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths all;
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            all = {std::max(all.min, w.min), all.natural + (all.natural ? gap(canvas) : 0) + w.natural};
        }
        return all;
    }

    int measureHeight(Canvas& canvas, int width) override {
        int sum = 0;
        for (const auto& line : arrange(canvas, width))
            sum += (sum ? gap(canvas) : 0) + heightOf(canvas, line);
        return sum;
    }

    void layout(Canvas& canvas) override {
        int y = rect_.y;
        for (const auto& line : arrange(canvas, rect_.width)) {
            const int height = heightOf(canvas, line);
            for (const auto& cell : line) cell.view->place(canvas, {rect_.x + cell.x, y, cell.width, height});
            y += height + gap(canvas);
        }
    }

  private:
    struct Cell {
        View* view;
        int x = 0, width = 0;
    };
    using Line = std::vector<Cell>;

    static Views joined(const Views& start, const Views& end) {
        Views all = start;
        all.insert(all.end(), end.begin(), end.end());
        return all;
    }
    int gap(const Canvas& canvas) const { return lengthOr(canvas, gap_, Length::Gap); }
    static int endOf(const Line& line) { return line.empty() ? 0 : line.back().x + line.back().width; }

    std::vector<Line> arrange(Canvas& canvas, int width) {
        std::vector<Line> lines(1);
        for (std::size_t i = 0; i < starts_; ++i) {
            const int own = std::min(width, children_[i]->widths(canvas).natural);
            const int x = lines.back().empty() ? 0 : endOf(lines.back()) + gap(canvas);
            if (x > 0 && x + own > width) lines.emplace_back();
            lines.back().push_back({children_[i].get(), lines.back().empty() ? 0 : x, own});
        }
        if (starts_ < children_.size()) addEnd(canvas, width, lines);
        return lines;
    }

    void addEnd(Canvas& canvas, int width, std::vector<Line>& lines) {
        std::vector<int> widths;
        for (std::size_t i = starts_; i < children_.size(); ++i)
            widths.push_back(children_[i]->widths(canvas).natural);
        const int between = gap(canvas), count = static_cast<int>(widths.size());
        const int widest = *std::max_element(widths.begin(), widths.end());
        const int before = lines.back().empty() ? 0 : endOf(lines.back()) + between;
        // Parts of one line, unless words are too long for theirs: then as many as can stand beside the
        // start.
        const bool parts = count > 1 && widest * count + between * (count - 1) <= width;
        int beside = count;
        while (beside > 0 && before + sum(widths, beside, between) > width) beside = parts ? 0 : beside - 1;
        atTheRight(width, widths, beside, between, lines.back());
        if (beside == count) return;
        if (!lines.back().empty()) lines.emplace_back();
        parts ? inParts(width, between, lines.back()) : oneByOne(width, beside, lines);
    }

    static int sum(const std::vector<int>& widths, int count, int gap) {
        return std::accumulate(widths.begin(), widths.begin() + count, gap * std::max(0, count - 1));
    }
    View* endView(int index) const { return children_[starts_ + static_cast<std::size_t>(index)].get(); }

    void atTheRight(int width, const std::vector<int>& widths, int count, int gap, Line& line) const {
        int x = width - sum(widths, count, gap);
        for (int i = 0; i < count; ++i) {
            const int own = widths[static_cast<std::size_t>(i)];
            line.push_back({endView(i), x, own});
            x += own + gap;
        }
    }

    void inParts(int width, int gap, Line& line) const {
        const int count = static_cast<int>(children_.size() - starts_);
        const int part = (width - gap * (count - 1)) / count;
        for (int i = 0; i < count; ++i) line.push_back({endView(i), (width - part) * i / (count - 1), part});
    }

    void oneByOne(int width, int from, std::vector<Line>& lines) const {
        for (int i = from; i < static_cast<int>(children_.size() - starts_); ++i) {
            if (i > from) lines.emplace_back();
            lines.back().push_back({endView(i), 0, width});
        }
    }

    static int heightOf(Canvas& canvas, const Line& line) {
        int height = 0;
        for (const auto& cell : line) height = std::max(height, cell.view->heightFor(canvas, cell.width));
        return height;
    }

    std::size_t starts_ = 0;
    double gap_;
};

}  // namespace

ViewRef bar(Views start, Views end, double gap) {
    return std::make_shared<Bar>(start, end, gap);
}

}  // namespace tram::kit
