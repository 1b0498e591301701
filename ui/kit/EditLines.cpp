#include "ui/kit/EditLines.h"

#include <cmath>

#include "base/VietnameseText.h"
#include "ui/kit/Characters.h"

namespace tram::kit {
namespace {

class Breaker {
  public:
    Breaker(Canvas& canvas, const Face& face, std::u32string_view text, int width)
        : canvas_(canvas), face_(face), text_(text), width_(width), blank_(canvas.fonts().width(face, " ")) {}

    std::vector<EditLine> run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            if (text_[at] == '\n') {
                close(at, at + 1);
                ++at;
            } else if (text_[at] == ' ') {
                used_ += blank_;
                ++at;
            } else {
                at = word(at);
            }
        }
        close(text_.size(), text_.size());
        return std::move(lines_);
    }

  private:
    void close(std::size_t to, std::size_t next) {
        lines_.push_back({from_, to});
        from_ = next;
        used_ = 0;
    }

    std::size_t word(std::size_t at) {
        std::size_t end = at;
        while (end < text_.size() && text_[end] != ' ' && text_[end] != '\n') ++end;
        const double own = canvas_.fonts().width(face_, base::toUtf8(text_.substr(at, end - at)));
        if (used_ + own > width_ && at > from_) close(at, at);
        if (own > width_) return broken(at, end);
        used_ += own;
        return end;
    }

    std::size_t broken(std::size_t at, std::size_t end) {
        for (; at < end; ++at) {
            const double own = canvas_.fonts().width(face_, base::toUtf8(text_.substr(at, 1)));
            if (used_ + own > width_ && at > from_ && !joinsBefore(text_, at)) close(at, at);
            used_ += own;
        }
        return end;
    }

    Canvas& canvas_;
    const Face& face_;
    std::u32string_view text_;
    int width_;
    double blank_, used_ = 0;
    std::size_t from_ = 0;
    std::vector<EditLine> lines_;
};

}  // namespace

std::vector<EditLine> breakLines(Canvas& canvas, const Face& face, std::u32string_view text, int width) {
    return Breaker(canvas, face, text, width).run();
}

std::size_t lineOf(const std::vector<EditLine>& lines, std::size_t caret) {
    std::size_t line = 0;
    while (line + 1 < lines.size() && lines[line + 1].from <= caret) ++line;
    return line;
}

double widthOf(Canvas& canvas, const Face& face, std::u32string_view text) {
    return canvas.fonts().widthOnce(face, base::toUtf8(text));
}

std::size_t nearest(Canvas& canvas, const Face& face, std::u32string_view text, const EditLine& line,
                    double x) {
    std::size_t best = line.from;
    double bestDistance = std::abs(x);
    for (std::size_t at = line.from + 1; at <= line.to; ++at) {
        if (at < text.size() && joinsBefore(text, at)) continue;
        const double distance = std::abs(widthOf(canvas, face, text.substr(line.from, at - line.from)) - x);
        if (distance >= bestDistance) break;
        best = at;
        bestDistance = distance;
    }
    return best;
}

}  // namespace tram::kit
