#include <algorithm>

#include "ui/kit/Container.h"
#include "ui/kit/Parts.h"

namespace tram::kit {
namespace {

constexpr double kWidestLabelShare = 0.4;

/// Labels left, values right of the widest label; under one another when the labels would take too much.
class Facts final : public Container {
  public:
    explicit Facts(std::vector<Fact> rows) : Container({}) {
        for (auto& fact : rows) {
            rows_.push_back({plainText(fact.label, {.role = Type::Caption, .colour = Colour::Muted}),
                             plainText(fact.value, {.role = Type::SmallStrong}), fact.action});
            for (const auto& part : {rows_.back().label, rows_.back().value, rows_.back().action})
                if (part) children_.push_back(part);
        }
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        Widths all;
        for (const auto& row : rows_) {
            const auto label = row.label->widths(canvas), value = row.value->widths(canvas);
            const int action = row.action ? row.action->widths(canvas).min + between(canvas) : 0;
            all.min = std::max(all.min, std::max(label.min, value.min) + action);
            all.natural =
                std::max(all.natural, labelColumn(canvas) + between(canvas) + value.natural + action);
        }
        return all;
    }

    int measureHeight(Canvas& canvas, int width) override {
        int bottom = 0;
        run(canvas, width, [&](View&, const Rect& r) { bottom = std::max(bottom, r.y + r.height); });
        return bottom;
    }

    void layout(Canvas& canvas) override {
        run(canvas, rect_.width, [&](View& part, Rect r) {
            r.Offset(rect_.x, rect_.y);
            part.place(canvas, r);
        });
    }

  private:
    struct Parts {
        ViewRef label, value, action;
    };
    using Visit = std::function<void(View&, const Rect&)>;

    static int between(const Canvas& canvas) { return canvas.length(Length::Icon); }

    int labelColumn(Canvas& canvas) const {
        int widest = 0;
        for (const auto& row : rows_) widest = std::max(widest, row.label->widths(canvas).natural);
        return widest;
    }

    void run(Canvas& canvas, int width, const Visit& visit) {
        const int labels = labelColumn(canvas);
        const bool stacked = labels > width * kWidestLabelShare;
        int y = 0;
        for (const auto& row : rows_) {
            const int action = row.action ? std::min(width / 2, row.action->widths(canvas).natural) : 0;
            const int room = width - (action ? action + between(canvas) : 0);
            const auto words = [&](int at, const Visit& to) {
                return stacked ? under(canvas, row, room, at, to) : beside(canvas, row, labels, room, at, to);
            };
            const int actionHeight = row.action ? row.action->heightFor(canvas, action) : 0;
            const int wordsHeight = words(y, [](View&, const Rect&) {});
            const int height = std::max(wordsHeight, actionHeight);
            words(y + (height - wordsHeight) / 2, visit);
            if (row.action)
                visit(*row.action, {width - action, y + (height - actionHeight) / 2, action, actionHeight});
            y += height + canvas.length(Length::FactGap);
        }
    }

    static int beside(Canvas& canvas, const Parts& row, int labels, int room, int y, const Visit& visit) {
        const int x = labels + between(canvas);
        const int value = row.value->heightFor(canvas, room - x),
                  label = row.label->heightFor(canvas, labels);
        // The first lines share a middle although the types differ.
        const int drop = (canvas.theme().type(Type::SmallStrong).lineHeight -
                          canvas.theme().type(Type::Caption).lineHeight) /
                         2;
        visit(*row.label, {0, y + drop, labels, label});
        visit(*row.value, {x, y, room - x, value});
        return std::max(value, label + drop);
    }

    static int under(Canvas& canvas, const Parts& row, int room, int y, const Visit& visit) {
        const int label = row.label->heightFor(canvas, room), value = row.value->heightFor(canvas, room);
        visit(*row.label, {0, y, room, label});
        visit(*row.value, {0, y + label, room, value});
        return label + value;
    }

    std::vector<Parts> rows_;
};

}  // namespace

ViewRef facts(std::vector<Fact> rows) {
    return std::make_shared<Facts>(std::move(rows));
}

}  // namespace tram::kit
