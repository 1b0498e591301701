#include "identity/Slip.h"

#include <catch2/catch.hpp>

using tram::identity::likelySlip;
using tram::identity::Slip;

TEST_CASE("what was meant by a text that is no code is guessed by its shape") {
    const auto [slip, texts] = GENERATE(table<Slip, std::vector<const char*>>({
        {Slip::Dossier,
         {"H29.25-260310-042", "H29-26031-0420", "29.25-260310-0420", "H29.25-2603100420",
          "H2925-260310-0420", "000.00.10-250101-0001"}},
        {Slip::ReportCheck, {"K7M-3Q9-X2T-A", "k7m3q9x2ta", "K7M 3Q9 X2T A"}},
        {Slip::ReportSymbol, {"K7M-3Q9-X2U-W", "U7M3Q9X2TW"}},
        {Slip::ReportLength, {"K7M-3Q9-X2T", "K7M3Q9X2TWW", "K7M3Q9X2"}},
        {Slip::Number, {"0901234567", "079190001234", "123456789"}},
        {Slip::Link, {"https://dichvucong.gov.vn", "HTTPS://TRAM.VN/T/K7M3Q9X2TW", "WWW.TRAM.VN"}},
        {Slip::Unknown, {"A", "12345", "K7M-3Q9", "XINCHAOQUYKHACH", "<SCRIPT>", "H29", "", "K7M3Q9X2T|"}},
    }));
    for (const char* text : texts) {
        CAPTURE(text);
        CHECK(likelySlip(text) == slip);
    }
}
