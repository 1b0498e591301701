#include "ui/kit/Keyboard.h"

#include <algorithm>

#include "ui/kit/Container.h"
#include "ui/kit/KeyRows.h"

namespace tram::kit {
namespace {

// A bed wider than this (reference pixels) takes four long rows instead of six.
constexpr double kWideBed = 1250;

class KeyboardView final : public Container {
  public:
    explicit KeyboardView(KeyboardOptions options) : Container({}), options_(std::move(options)) {
        options_.model->setMethod(options_.state->method);
        id = "keyboard";
    }

    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        painter.fill(rect_, theme.colour(Colour::KeyBed));
        if (theme.highContrast())
            painter.fill({rect_.x, rect_.y, rect_.width, theme.length(Length::Line)},
                         theme.colour(Colour::Line));
        paintChildren(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        const int least = canvas.theme().target() * 12;
        return {least, std::max(least, canvas.px(1080))};
    }

    int measureHeight(Canvas& canvas, int width) override {
        const int rows = static_cast<int>(keyRows(options_, wide(canvas, width)).size());
        return rows * keyHeight(canvas, width) + (rows - 1) * canvas.length(Length::KeyRowGap) +
               2 * canvas.length(Length::KeyBedTop);
    }

    void layout(Canvas& canvas) override {
        children_.clear();
        int y = rect_.y + canvas.length(Length::KeyBedTop);
        const int height = keyHeight(canvas, rect_.width);
        for (auto& row : keyRows(options_, wide(canvas, rect_.width))) {
            placeRow(canvas, row, y, height);
            y += height + canvas.length(Length::KeyRowGap);
        }
        setSizes(canvas);
    }

  private:
    static bool wide(const Canvas& canvas, int width) { return width > canvas.px(kWideBed); }
    static int keyHeight(const Canvas& canvas, int width) {
        const auto token = wide(canvas, width) ? Length::KeyHeightWide : Length::KeyHeight;
        return std::max(canvas.length(token), canvas.theme().target()) + canvas.length(Length::KeyShadow);
    }

    void placeRow(Canvas& canvas, KeyRow& row, int y, int height) {
        const int gap = canvas.length(Length::KeyGap), bed = canvas.length(Length::KeyBedPadding);
        const auto count = static_cast<int>(row.keys.size());
        double weights = 2 * row.inset;
        for (const auto& key : row.keys) weights += key.weight;
        const int most = static_cast<int>(weights * canvas.length(Length::KeyMaxWidth)) + gap * (count - 1);
        const int room = std::min(rect_.width - 2 * bed, most);
        std::vector<std::shared_ptr<KeyView>> keys;
        std::vector<double> shares;
        for (auto& key : row.keys) {
            shares.push_back(key.weight);
            keys.push_back(std::make_shared<KeyView>(std::move(key)));
        }
        const double inset = row.inset / weights * (room - gap * (count - 1));
        const auto widths =
            divide(canvas, keys, shares, room - gap * (count - 1) - static_cast<int>(2 * inset));
        int x = rect_.x + (rect_.width - room) / 2 + static_cast<int>(inset);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            keys[i]->place(canvas, {x, y, widths[i], height});
            x += widths[i] + gap;
            children_.push_back(keys[i]);
        }
    }

    // By weight, but a word is never squeezed; what it takes more, the others give.
    static std::vector<int> divide(Canvas& canvas, const std::vector<std::shared_ptr<KeyView>>& keys,
                                   std::vector<double> shares, double room) {
        std::vector<int> widths(keys.size(), 0);
        for (bool again = true; again;) {
            again = false;
            double open = 0;
            for (double share : shares) open += share;
            for (std::size_t i = 0; i < keys.size(); ++i) {
                const int least = keys[i]->least(canvas);
                if (shares[i] == 0 || room * shares[i] / open >= least) continue;
                widths[i] = least;
                room -= least;
                shares[i] = 0;
                again = true;
                break;
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (shares[i] == 0) continue;
            double open = 0;
            for (std::size_t k = i; k < keys.size(); ++k) open += shares[k];
            widths[i] = static_cast<int>(room * shares[i] / open);
            room -= widths[i];
        }
        return widths;
    }

    // One size for all letters and one for all words, however much the text is enlarged.
    void setSizes(Canvas& canvas) {
        double letters = 1e9, words = 1e9;
        for (const auto& child : children_) {
            const auto& key = static_cast<const KeyView&>(*child);
            auto& size = key.word() ? words : letters;
            size = std::min(size, key.fitting(canvas));
        }
        for (const auto& child : children_) {
            auto& key = static_cast<KeyView&>(*child);
            key.setSize(key.word() ? words : letters);
        }
    }

    KeyboardOptions options_;
};

}  // namespace

ViewRef keyboard(KeyboardOptions options) {
    return std::make_shared<KeyboardView>(std::move(options));
}

}  // namespace tram::kit
