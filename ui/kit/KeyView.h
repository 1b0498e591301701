#pragma once
#include "ui/kit/View.h"

namespace tram::kit {

enum class KeyKind { Letter, Shaped, Tone, Act, Space };
struct KeySpec {
    std::string id;
    std::string label = {}, icon = {}, spoken = {};
    KeyKind kind = KeyKind::Letter;
    double weight = 1;
    bool word = false;  ///< a word, set smaller than a letter
    bool lit = false;   ///< shift held, symbols shown
    Action press = nullptr;
};

/// Its rect reaches half way to its neighbours: a finger that lands between two keys means the nearer one.
class KeyView final : public View {
  public:
    explicit KeyView(KeySpec spec);
    void paint(Painter& painter) override;
    int cornerRadius(const Theme& theme) const override { return theme.length(Length::KeyRadius); }
    /// What the label needs at `scale` times the size of 100 % text in a key of `height`, with its padding.
    int least(Canvas& canvas, double scale, int height) const;
    /// The largest size up to the text scale's own at which the label fits the key as placed.
    double fitting(Canvas& canvas) const;
    bool word() const { return spec_.word; }
    void setSize(double pixels) { size_ = pixels; }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        const int width = least(canvas, 1, measureHeight(canvas, 0));
        return {width, width};
    }
    int measureHeight(Canvas& canvas, int) override { return canvas.length(Length::KeyHeight); }

  private:
    Rect cap(const Canvas& canvas) const;
    Colour fill() const;
    TypeStyle style(const Canvas& canvas) const;

    KeySpec spec_;
    double size_ = 0;
};

}  // namespace tram::kit
