#include "ui/kit/Paragraph.h"

namespace tram::kit {
namespace {

class Splitter {
  public:
    Splitter(std::string_view text, bool marks) : text_(text), marks_(marks) {}

    std::vector<TextWord> run() {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (marks_ && text_.substr(i, 2) == "**") {
                endPiece();
                bold_ = !bold_;
                ++i;
            } else if (text_[i] == ' ' || text_[i] == '\n') {
                endWord();
                if (text_[i] == '\n') lineBreak();
            } else {
                piece_ += text_[i];
            }
        }
        endWord();
        if (breaks_ > 0) words_.push_back({{}, true});
        return std::move(words_);
    }

  private:
    void endPiece() {
        if (!piece_.empty()) word_.pieces.push_back({std::move(piece_), bold_});
        piece_.clear();
    }
    void endWord() {
        endPiece();
        if (word_.pieces.empty()) return;
        word_.breakBefore = breaks_ > 0;
        breaks_ = 0;
        words_.push_back(std::move(word_));
        word_ = {};
    }
    // An empty line is a word without pieces.
    void lineBreak() {
        if (++breaks_ < 2) return;
        words_.push_back({{}, true});
        breaks_ = 1;
    }

    std::string_view text_;
    bool marks_;
    bool bold_ = false;
    int breaks_ = 0;
    std::string piece_;
    TextWord word_;
    std::vector<TextWord> words_;
};

}  // namespace

std::vector<TextWord> splitWords(std::string_view text, bool marks) {
    return Splitter(text, marks).run();
}

std::string withoutMarks(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "**")
            ++i;
        else
            out += text[i];
    }
    return out;
}

namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace

std::string unbroken(std::string text) {
    return replaced(std::move(text), " ", kNoBreak);
}

std::string broken(std::string text) {
    return replaced(std::move(text), kNoBreak, " ");
}

}  // namespace tram::kit
