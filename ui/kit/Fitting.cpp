#include <algorithm>

#include "ui/kit/Container.h"

namespace tram::kit {
namespace {

/// All of them are children until the first layout, so that scrolling is carried into whichever is taken.
class Fitting final : public Container {
  public:
    Fitting(Views forms, Fit by) : Container(std::move(forms)), forms_(children_), by_(by) {
        weight = forms_.front()->weight;
    }

    void forget() override {
        Container::forget();
        for (const auto& form : forms_) form->forget();
    }

    int minHeightFor(Canvas& canvas, int width) override {
        const auto& lowest = by_ == Fit::Width ? within(canvas, width) : forms_.back();
        return lowest->minHeightFor(canvas, width);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        return {forms_.back()->widths(canvas).min, forms_.front()->widths(canvas).natural};
    }

    int measureHeight(Canvas& canvas, int width) override {
        return (by_ == Fit::Width ? within(canvas, width) : forms_.front())->heightFor(canvas, width);
    }

    void layout(Canvas& canvas) override {
        children_ = {by_ == Fit::Width ? within(canvas, rect_.width) : below(canvas)};
        children_.front()->place(canvas, rect_);
    }

  private:
    template <class Fits>
    const ViewRef& first(Fits fits) const {
        const auto found = std::ranges::find_if(forms_, fits);
        return found == forms_.end() ? forms_.back() : *found;
    }
    const ViewRef& within(Canvas& canvas, int width) const {
        return first([&](const ViewRef& form) { return form->widths(canvas).min <= width; });
    }
    const ViewRef& below(Canvas& canvas) const {
        return first(
            [&](const ViewRef& form) { return form->heightFor(canvas, rect_.width) <= rect_.height; });
    }

    Views forms_;
    Fit by_;
};

}  // namespace

ViewRef firstToFit(Views forms, Fit by) {
    return std::make_shared<Fitting>(std::move(forms), by);
}

}  // namespace tram::kit
