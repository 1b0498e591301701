#pragma once
#include "ui/kit/Text.h"

namespace tram::kit {

struct TextPiece {
    std::string text;
    bool bold = false;
};
/// What stands between two blanks; may change its weight in the middle ("**VNeID**.").
struct TextWord {
    std::vector<TextPiece> pieces;
    bool breakBefore = false;  ///< after a "\n"
};
/// `**` turns bold on and off when `marks`.
std::vector<TextWord> splitWords(std::string_view text, bool marks);
std::string withoutMarks(std::string_view text);

class Paragraph final : public View {
  public:
    Paragraph(std::string text, TextStyle style, bool marks);
    void paint(Painter& painter) override;
    bool overflows(Canvas& canvas) override;
    int lineCount(Canvas& canvas, int width) { return static_cast<int>(lines(canvas, width).size()); }
    double widest(Canvas& canvas, int width);  ///< of its lines

  protected:
    Widths measureWidths(Canvas& canvas) override;
    int measureHeight(Canvas& canvas, int width) override;

  private:
    struct Run {
        std::string text;
        bool bold = false;
        double width = 0;
    };
    struct Line {
        std::vector<Run> runs;
        double width = 0, indent = 0;
    };
    const std::vector<Line>& lines(Canvas& canvas, int width);
    void breakAt(Canvas& canvas, int width);
    void balance(Canvas& canvas, int width);
    void addLine(double indent);
    double hangOf(Canvas& canvas, const TextWord& word) const;
    double besideLast(Canvas& canvas, std::size_t at, int width) const;
    void addWord(Canvas& canvas, const TextWord& word, int width, double next);
    void addPiece(const TextPiece& piece, bool blankBefore);
    void addBroken(Canvas& canvas, const TextWord& word, int width);
    void addPart(Canvas& canvas, const TextPiece& part, int width);
    void measureRuns(Canvas& canvas);
    double wordWidth(Canvas& canvas, const TextWord& word) const;
    double longestWord(Canvas& canvas) const;
    void shrink(Canvas& canvas, int width);
    Face face(const Canvas& canvas, bool bold) const;

    std::vector<TextWord> words_;
    TextStyle style_;
    std::vector<Line> lines_;
    double open_ = 0;   ///< width of the line being filled
    double hang_ = 0;   ///< of the lines that go on with a "•", which stand under its words
    double share_ = 1;  ///< of the size that the theme says, for linesFor_
    int linesFor_ = -1;
};

}  // namespace tram::kit
