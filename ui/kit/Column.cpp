#include <algorithm>
#include <numeric>

#include "ui/kit/Container.h"

namespace tram::kit {
namespace {

class Column final : public Container {
  public:
    Column(Views children, ColumnStyle style) : Container(std::move(children)), style_(style) {}

    int minHeightFor(Canvas& canvas, int width) override {
        int sum = gaps(canvas);
        for (const auto& child : children_) sum += child->minHeightFor(canvas, width);
        return sum;
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths widest;
        for (const auto& child : children_) {
            const auto w = child->widths(canvas);
            widest = {std::max(widest.min, w.min), std::max(widest.natural, w.natural)};
        }
        return widest;
    }

    int measureHeight(Canvas& canvas, int width) override {
        int sum = gaps(canvas);
        for (const auto& child : children_) sum += child->heightFor(canvas, width);
        return sum;
    }

    void layout(Canvas& canvas) override {
        auto heights = wanted(canvas);
        const int left = rect_.height - gaps(canvas) - std::accumulate(heights.begin(), heights.end(), 0);
        int y = rect_.y;
        if (left < 0)
            shrink(canvas, heights, -left);
        else if (!stretch(heights, left))
            y += style_.justify == Align::Centre ? left / 2 : style_.justify == Align::End ? left : 0;
        for (std::size_t i = 0; i < children_.size(); ++i) {
            children_[i]->place(canvas, across(canvas, *children_[i], y, heights[i]));
            y += heights[i] + gap(canvas);
        }
    }

  private:
    int gap(const Canvas& canvas) const { return lengthOr(canvas, style_.gap, Length::Gap); }
    int gaps(const Canvas& canvas) const {
        return gap(canvas) * std::max(0, static_cast<int>(children_.size()) - 1);
    }

    std::vector<int> wanted(Canvas& canvas) {
        std::vector<int> heights;
        for (const auto& child : children_) heights.push_back(child->heightFor(canvas, rect_.width));
        return heights;
    }

    // What scrolls gives way, in proportion to how much it can.
    void shrink(Canvas& canvas, std::vector<int>& heights, int missing) {
        std::vector<int> room(heights.size());
        int total = 0;
        for (std::size_t i = 0; i < heights.size(); ++i) {
            room[i] = std::max(0, heights[i] - children_[i]->minHeightFor(canvas, rect_.width));
            total += room[i];
        }
        // Each of what is still missing and of the room still left, so that no pixel is lost to rounding.
        for (std::size_t i = 0; i < heights.size() && total > 0; ++i) {
            const int taken =
                static_cast<int>(static_cast<long long>(room[i]) * std::min(missing, total) / total);
            heights[i] -= taken;
            missing -= taken;
            total -= room[i];
        }
    }

    // Shares of the whole weighted space, so that equal weights come out equally high when they can.
    bool stretch(std::vector<int>& heights, int left) {
        double weights = 0;
        for (const auto& child : children_) weights += child->weight;
        if (weights <= 0) return false;
        std::vector<bool> open(heights.size());
        int space = left;
        for (std::size_t i = 0; i < heights.size(); ++i)
            if ((open[i] = children_[i]->weight > 0)) space += heights[i];
        settleLarge(heights, open, weights, space);
        for (std::size_t i = 0; i < heights.size(); ++i) {
            if (!open[i]) continue;
            const int share = static_cast<int>(space * children_[i]->weight / weights);
            space -= share;
            weights -= children_[i]->weight;
            heights[i] = share;
        }
        return true;
    }

    // A child that needs more than its share keeps what it needs and leaves the sharing.
    void settleLarge(const std::vector<int>& heights, std::vector<bool>& open, double& weights, int& space) {
        for (bool again = true; again;) {
            again = false;
            for (std::size_t i = 0; i < heights.size(); ++i) {
                if (!open[i] || heights[i] <= space * children_[i]->weight / weights) continue;
                open[i] = false;
                space -= heights[i];
                weights -= children_[i]->weight;
                again = true;
            }
        }
    }

    Rect across(Canvas& canvas, View& child, int y, int height) {
        if (style_.align == Align::Stretch) return {rect_.x, y, rect_.width, height};
        const int width = std::min(rect_.width, child.widths(canvas).natural);
        const int left = rect_.width - width;
        const int x = style_.align == Align::Centre ? left / 2 : style_.align == Align::End ? left : 0;
        return {rect_.x + x, y, width, height};
    }

    ColumnStyle style_;
};

}  // namespace

ViewRef column(Views children, ColumnStyle style) {
    return std::make_shared<Column>(std::move(children), style);
}

}  // namespace tram::kit
