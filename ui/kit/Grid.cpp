#include <algorithm>

#include "ui/kit/Container.h"

namespace tram::kit {
namespace {

class Grid final : public Container {
  public:
    Grid(int columns, Views children, GridStyle style)
        : Container(std::move(children)), columns_(std::max(1, columns)), style_(style) {}

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths cell;
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            cell = {std::max(cell.min, w.min), std::max(cell.natural, w.natural)};
        }
        return {cell.min, cell.natural * columns_ + gap(canvas) * (columns_ - 1)};
    }

    int measureHeight(Canvas& canvas, int width) override {
        const auto heights = rowHeights(canvas, width);
        int sum = gap(canvas) * std::max(0, static_cast<int>(heights.size()) - 1);
        for (int h : heights) sum += h;
        return sum;
    }

    void layout(Canvas& canvas) override {
        const int columns = columnsFor(canvas, rect_.width);
        auto heights = rowHeights(canvas, rect_.width);
        if (style_.fill) spread(canvas, heights);
        int y = rect_.y;
        for (std::size_t i = 0; i < children_.size(); ++i) {
            const int column = static_cast<int>(i) % columns;
            const auto row = i / static_cast<std::size_t>(columns);
            if (column == 0 && i > 0) y += heights[row - 1] + gap(canvas);
            children_[i]->place(canvas, {left(canvas, columns, column), y,
                                         cellWidth(canvas, rect_.width, columns), heights[row]});
        }
    }

  private:
    int gap(const Canvas& canvas) const { return lengthOr(canvas, style_.gap, Length::Gap); }
    int cellWidth(const Canvas& canvas, int width, int columns) const {
        return (width - gap(canvas) * (columns - 1)) / columns;
    }
    // The pixels a division leaves over go to the gaps, so that the right edge is kept.
    int left(const Canvas& canvas, int columns, int column) const {
        if (columns == 1) return rect_.x;
        const int cell = cellWidth(canvas, rect_.width, columns);
        return rect_.x + (rect_.width - cell) * column / (columns - 1);
    }

    int columnsFor(Canvas& canvas, int width) {
        int min = canvas.px(style_.minWidth);
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            min = std::max(min, style_.roomy ? w.natural : w.min);
        }
        int columns = columns_;
        while (columns > 1 && cellWidth(canvas, width, columns) < min) --columns;
        if (style_.whole && columns < columns_) return 1;
        return columns;
    }

    std::vector<int> rowHeights(Canvas& canvas, int width) {
        const int columns = columnsFor(canvas, width);
        std::vector<int> heights((children_.size() + columns - 1) / static_cast<std::size_t>(columns), 0);
        for (std::size_t i = 0; i < children_.size(); ++i) {
            auto& height = heights[i / static_cast<std::size_t>(columns)];
            height = std::max(height, children_[i]->heightFor(canvas, cellWidth(canvas, width, columns)));
        }
        return heights;
    }

    void spread(Canvas& canvas, std::vector<int>& heights) {
        const int rows = static_cast<int>(heights.size());
        if (rows == 0) return;
        const int space = rect_.height - gap(canvas) * (rows - 1);
        const int tallest = *std::max_element(heights.begin(), heights.end());
        if (tallest * rows <= space) {
            std::fill(heights.begin(), heights.end(), space / rows);
            return;
        }
        int over = space;
        for (int h : heights) over -= h;
        for (auto& h : heights) h += std::max(0, over / rows);
    }

    int columns_;
    GridStyle style_;
};

}  // namespace

ViewRef grid(int columns, Views children, GridStyle style) {
    return std::make_shared<Grid>(columns, std::move(children), style);
}

}  // namespace tram::kit
