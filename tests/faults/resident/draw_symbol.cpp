// What is given on standard input as a QR symbol: a grey PGM picture on standard output.
#include <iostream>
#include <iterator>
#include <string>

#include "scan/SymbolWriter.h"

int main() {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    const cv::Mat symbol = tram::scan::drawSymbol(tram::scan::Symbology::Qr, text, 6);
    if (symbol.empty()) return 1;
    std::cout << "P5\n" << symbol.cols << ' ' << symbol.rows << "\n255\n";
    for (int y = 0; y < symbol.rows; ++y) std::cout.write(symbol.ptr<char>(y), symbol.cols);
    return std::cout.flush() ? 0 : 1;
}
