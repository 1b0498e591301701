#pragma once
#include "ui/kit/EditLines.h"
#include "ui/kit/TextField.h"

namespace tram::kit {

/// The box one types in: the target of a text field.
class FieldBox final : public View {
  public:
    explicit FieldBox(const TextFieldOptions& options);
    void paint(Painter& painter) override;
    TextEdit* edit() const override { return enabled ? model_.get() : nullptr; }
    bool onKey(const wxKeyEvent& event) override;
    void tapped(Canvas& canvas, wxPoint at) override;
    int minHeightFor(Canvas& canvas, int width) override;
    int scrollRange() const override { return range_; }
    int scrollOffset() const override { return offset_; }
    void scrollTo(int offset) override;
    void carry(const View& before) override;
    Rect essential(Canvas& canvas) const override;
    int cornerRadius(const Theme& theme) const override { return theme.length(Length::FieldRadius); }

  protected:
    Widths measureWidths(Canvas& canvas) override;
    int measureHeight(Canvas& canvas, int width) override;
    void layout(Canvas& canvas) override;

  private:
    std::u32string shown() const;
    Face face(const Canvas& canvas) const;
    int lineHeight(const Canvas& canvas) const;
    int paddingY(const Canvas& canvas) const;
    void fitFace(Canvas& canvas);
    int placeholderShift(const Canvas& canvas) const;
    Rect textArea(Canvas& canvas) const;
    int before(const Canvas& canvas) const;
    int after(Canvas& canvas) const;
    int heightOfLines(const Canvas& canvas, std::size_t lines) const;
    void breakText(Canvas& canvas);
    void follow(Canvas& canvas);
    bool upOrDown(int direction);
    void paintShape(Painter& painter);
    void paintText(Painter& painter, const Rect& area);
    void paintCaret(Painter& painter, const Rect& area);
    void paintPlaceholder(Painter& painter, const Rect& area);
    Face placeholderFace(const Canvas& canvas, int room) const;
    std::string shortened(Canvas& canvas, const Face& face, int room) const;
    int caretX(Canvas& canvas) const;

    std::shared_ptr<TextEdit> model_;
    std::string placeholder_, icon_;
    ViewRef trailing_;
    bool multiline_, large_, masked_, wrong_;
    int minLines_;
    std::vector<EditLine> lines_;
    double size_ = 0;  ///< of a large field's letters, found at layout
    int offset_ = 0, range_ = 0, sideways_ = 0;
    std::size_t followed_ = static_cast<std::size_t>(-1);
};

}  // namespace tram::kit
