#pragma once
#include <string>
#include <variant>
#include <vector>

namespace tram::paper {

// What stands on a page, from top to bottom. Texts are UTF-8, set as NFC and without what base::clean takes
// away; a line break in a paragraph stays one. Nothing is ever cut short: what is too long for its line goes
// on in the next one, between any two letters if it must.

struct Title {
    std::string text;
};
/// Over a part of the page; never the last thing on it.
struct Heading {
    std::string text;
};
struct Paragraph {
    std::string text;
    bool strong = false;
};
/// Label and value: side by side on A4, one under the other on a roll.
struct Rows {
    struct Row {
        std::string label, value;
    };
    std::vector<Row> rows;
};
/// A chart: each with its label, its figure in words, and a bar that is as long as the figure, or as its
/// share of `most`. Readable in black and white.
struct Bars {
    struct Bar {
        std::string label, shown;
        double value = 0;
    };
    std::vector<Bar> bars;
    double most = 0;  ///< what a whole line stands for; 0: the greatest of them
};
/// Numbered from one on, or each with a box to tick.
struct Items {
    enum class Mark { Number, Box };
    Mark mark = Mark::Number;
    std::vector<std::string> texts;
};
/// Printable ASCII (qr::QrCode), large enough for a phone held at `readFromMm`.
struct Qr {
    std::string text, caption;
    double readFromMm = 300;
};
/// A code to be read out or typed in: as large as fits into one line.
struct Code {
    std::string text, label;
};
struct Rule {};
struct Small {
    std::string text;
};

using Block = std::variant<Title, Heading, Paragraph, Rows, Bars, Items, Qr, Code, Rule, Small>;

/// A page in words, without a place or a size in it.
struct Sheet {
    std::vector<Block> blocks;
    /// At the foot of each page, on A4 and when there are several; "{page}" and "{pages}" are filled in.
    std::string pageLabel;
};

}  // namespace tram::paper
