#include <algorithm>

#include "ui/kit/Container.h"

namespace tram::kit {
namespace {

struct Cell {
    View* view;
    int width = 0, min = 0;
};
using Line = std::vector<Cell>;

class Row final : public Container {
  public:
    Row(Views children, RowStyle style) : Container(std::move(children)), style_(style) {}

    int minHeightFor(Canvas& canvas, int width) override {
        int sum = 0;
        for (const auto& line : arrange(canvas, width)) {
            int height = 0;
            for (const auto& cell : line)
                height = std::max(height, cell.view->minHeightFor(canvas, cell.width));
            sum += (sum ? gap(canvas) : 0) + height;
        }
        return sum;
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths sum;
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            sum.min = style_.flow ? std::max(sum.min, w.min) : sum.min + w.min;
            sum.natural += w.natural;
        }
        const int gaps = gap(canvas) * std::max(0, static_cast<int>(children_.size()) - 1);
        return {style_.flow ? sum.min : sum.min + gaps, sum.natural + gaps};
    }

    int measureHeight(Canvas& canvas, int width) override {
        int sum = 0;
        for (const auto& line : arrange(canvas, width))
            sum += (sum ? gap(canvas) : 0) + heightOf(canvas, line);
        return sum;
    }

    void layout(Canvas& canvas) override {
        const auto lines = arrange(canvas, rect_.width);
        int y = rect_.y;
        for (const auto& line : lines) {
            const int height = lines.size() == 1 ? rect_.height : heightOf(canvas, line);
            placeLine(canvas, line, y, height);
            y += height + gap(canvas);
        }
    }

  private:
    int gap(const Canvas& canvas) const { return lengthOr(canvas, style_.gap, Length::Gap); }

    std::vector<Line> arrange(Canvas& canvas, int width) {
        std::vector<Line> lines(1);
        int used = 0;
        for (const auto& child : children_) {
            const int min = child->widths(canvas).min;
            const int needed = (lines.back().empty() ? 0 : gap(canvas)) + min;
            if (style_.flow && !lines.back().empty() && used + needed > width) {
                lines.emplace_back();
                used = 0;
                takeSpacer(lines);
            }
            used += lines.back().empty() ? min : gap(canvas) + min;
            lines.back().push_back({child.get(), child->widths(canvas).natural, min});
        }
        for (auto& line : lines) fit(canvas, line, width);
        return lines;
    }

    // What follows a spacer stays pushed by it, on whichever line it stands.
    static void takeSpacer(std::vector<Line>& lines) {
        auto &before = lines[lines.size() - 2], &next = lines.back();
        const auto spacer = std::find_if(before.rbegin(), before.rend(), [](const Cell& cell) {
            return cell.width == 0 && cell.view->weight > 0;
        });
        if (spacer == before.rend()) return;
        next.push_back(*spacer);
        if (spacer == before.rbegin() && before.size() > 1) before.pop_back();
    }

    void fit(Canvas& canvas, Line& line, int width) {
        int left = width - gap(canvas) * std::max(0, static_cast<int>(line.size()) - 1);
        if (style_.even)
            for (auto& cell : line)
                if (cell.view->weight > 0) cell.width = cell.min;
        for (const auto& cell : line) left -= cell.width;
        if (left < 0)
            squeeze(line, -left);
        else
            share(line, left);
    }

    // From natural widths towards the smallest, in proportion to what each can give.
    static void squeeze(Line& line, int missing) {
        int total = 0;
        for (const auto& cell : line) total += cell.width - cell.min;
        for (auto& cell : line) {
            const int room = cell.width - cell.min;
            if (room <= 0 || total <= 0) continue;
            const int taken = std::min(
                room, static_cast<int>((static_cast<long long>(missing) * room + total - 1) / total));
            cell.width -= taken;
            missing -= taken;
            total -= room;
        }
    }

    // Weighted cells divide their own and the free width by weight, but none gets less than it is wide.
    static void share(Line& line, int left) {
        double weights = 0;
        for (const auto& cell : line)
            if (cell.view->weight > 0) {
                weights += cell.view->weight;
                left += cell.width;
            }
        std::vector<Cell*> open;
        for (auto& cell : line)
            if (cell.view->weight > 0) open.push_back(&cell);
        std::sort(open.begin(), open.end(),
                  [](auto* a, auto* b) { return a->width * b->view->weight > b->width * a->view->weight; });
        for (auto* cell : open) {
            const int part = std::max(cell->width, static_cast<int>(left * cell->view->weight / weights));
            cell->width = part;
            left -= part;
            weights -= cell->view->weight;
        }
    }

    static int heightOf(Canvas& canvas, const Line& line) {
        int height = 0;
        for (const auto& cell : line) height = std::max(height, cell.view->heightFor(canvas, cell.width));
        return height;
    }

    void placeLine(Canvas& canvas, const Line& line, int y, int height) {
        int used = gap(canvas) * std::max(0, static_cast<int>(line.size()) - 1);
        for (const auto& cell : line) used += cell.width;
        int x = rect_.x;
        if (style_.justify == Align::Centre) x += (rect_.width - used) / 2;
        if (style_.justify == Align::End) x += rect_.width - used;
        for (const auto& cell : line) {
            const int own = style_.align == Align::Stretch
                                ? height
                                : std::min(height, cell.view->heightFor(canvas, cell.width));
            const int down = style_.align == Align::Centre ? (height - own) / 2
                             : style_.align == Align::End  ? height - own
                                                           : 0;
            cell.view->place(canvas, {x, y + down, cell.width, own});
            x += cell.width + gap(canvas);
        }
    }

    RowStyle style_;
};

/// Natural widths, as many to a line as fit.
class Wrap final : public Container {
  public:
    Wrap(Views children, double gap) : Container(std::move(children)), gap_(gap) {}

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths sum;
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            sum = {std::max(sum.min, w.min), sum.natural + w.natural + gap(canvas)};
        }
        sum.natural -= children_.empty() ? 0 : gap(canvas);
        return sum;
    }

    int measureHeight(Canvas& canvas, int width) override {
        int bottom = 0;
        run(canvas, width, [&](View&, const Rect& r) { bottom = std::max(bottom, r.y + r.height); });
        return bottom;
    }

    void layout(Canvas& canvas) override {
        run(canvas, rect_.width, [&](View& child, Rect r) {
            r.Offset(rect_.x, rect_.y);
            child.place(canvas, r);
        });
    }

  private:
    int gap(const Canvas& canvas) const { return lengthOr(canvas, gap_, Length::GapChip); }

    void run(Canvas& canvas, int width, const std::function<void(View&, const Rect&)>& visit) {
        int x = 0, y = 0, lineHeight = 0;
        for (const auto& child : children_) {
            const int w = std::min(width, child->widths(canvas).natural);
            if (x > 0 && x + w > width) {
                y += lineHeight + gap(canvas);
                x = lineHeight = 0;
            }
            const int h = child->heightFor(canvas, w);
            visit(*child, {x, y, w, h});
            x += w + gap(canvas);
            lineHeight = std::max(lineHeight, h);
        }
    }

    double gap_;
};

}  // namespace

ViewRef row(Views children, RowStyle style) {
    return std::make_shared<Row>(std::move(children), style);
}

ViewRef wrap(Views children, double gap) {
    return std::make_shared<Wrap>(std::move(children), gap);
}

}  // namespace tram::kit
