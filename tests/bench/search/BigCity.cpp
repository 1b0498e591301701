#include "tests/bench/search/BigCity.h"

#include <array>
#include <random>
#include <string>

namespace tram::bench {

namespace {

using pack::Entry;
using pack::Point;

constexpr std::array kFamily = {"Nguyễn", "Trần", "Lê",     "Phạm", "Huỳnh", "Phan", "Vũ",
                                "Võ",     "Đặng", "Bùi",    "Đỗ",   "Hồ",    "Ngô",  "Dương",
                                "Lý",     "Đinh", "Trương", "Cao",  "Mạc",   "Tôn"};
constexpr std::array kMiddle = {"Văn", "Thị", "Hữu",  "Đình",  "Minh", "Ngọc",  "Quang", "Thái", "Công",
                                "Bá",  "Gia", "Khắc", "Trọng", "Xuân", "Thanh", "Hồng",  "Bình", "Chí"};
constexpr std::array kGiven = {"Trãi",  "Trỗi",  "Tám",   "Huệ",  "Khuyến", "Du",    "Thọ",   "Bính",
                               "Lợi",   "Sáu",   "Tần",   "Phú",  "Hưng",   "Chánh", "Thạnh", "Nhân",
                               "Khiêm", "Đạo",   "Quyền", "Lan",  "Hương",  "Cúc",   "Mai",   "Đào",
                               "Sơn",   "Hải",   "Giang", "Long", "Phụng",  "Linh",  "Quân",  "Dũng",
                               "Hiếu",  "Nghĩa", "Trung", "Tín",  "Đức",    "Tâm",   "An",    "Khánh"};
constexpr std::array kPlace = {
    "Bến Thành", "Bàn Cờ",     "Tân Định", "Xuân Hoà",   "Cầu Ông Lãnh", "Chợ Lớn",  "Bình Tây",  "Phú Lâm",
    "Gò Vấp",    "Hạnh Thông", "An Nhơn",  "Thủ Đức",    "Linh Xuân",    "Tam Bình", "Long Bình", "Củ Chi",
    "Hóc Môn",   "Nhà Bè",     "Cần Giờ",  "Bình Chánh", "Vũng Tàu",     "Bà Rịa",   "Dĩ An",     "Thuận An",
    "Lái Thiêu", "Tân Uyên",   "Bến Cát",  "Côn Đảo",    "Phú Nhuận",    "Tân Bình"};

struct Sort {
    const char* kind;
    std::vector<const char*> heads;
    int share;
};
const std::vector<Sort>& sorts() {
    static const std::vector<Sort> all = {
        {"school", {"Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Trường THPT"}, 12},
        {"clinic", {"Bệnh viện", "Phòng khám", "Trạm y tế", "Nha khoa"}, 14},
        {"pharmacy", {"Nhà thuốc", "Hiệu thuốc", "Dược phẩm"}, 16},
        {"agency", {"Ủy ban nhân dân", "Công an", "Trung tâm Phục vụ hành chính công"}, 3},
        {"bus-stop", {"Trạm xe buýt đường", "Nhà chờ xe buýt"}, 20},
        {"project", {"Chung cư", "Khu nhà ở", "Khu dân cư"}, 6},
        {"procedure", {"Đăng ký khai sinh", "Cấp giấy phép", "Chứng thực bản sao", "Xác nhận tình trạng"}, 4},
        {"certificate", {"Chứng chỉ hành nghề"}, 15},
        {"market", {"Siêu thị", "Cửa hàng tiện lợi", "Chợ"}, 10}};
    return all;
}

class City {
  public:
    explicit City(std::uint32_t seed) : random_(seed) {}

    Entry entry(std::size_t number) {
        const auto& sort = pickSort();
        Entry entry;
        entry.kind = sort.kind;
        entry.id = std::to_string(number);
        entry.title = std::string(pick(sort.heads)) + ' ' + name();
        const std::string place = pick(kPlace);
        const int house = 1 + below(900);
        const std::string address =
            std::to_string(house) + " đường số " + std::to_string(1 + below(80)) + ", " + place;
        entry.ward = std::to_string(25747 + below(168) * 3);
        entry.fields = R"({"address":")" + address + R"(","phone":"028 3)" +
                       std::to_string(1'000'000 + below(9'000'000)) + R"("})";
        entry.alsoFoundBy =
            address + ", Phường " + std::to_string(1 + below(18)) + " Quận " + std::to_string(1 + below(12));
        if (entry.kind != std::string("procedure")) entry.place = where();
        entry.popularity = below(1000);
        return entry;
    }

  private:
    int below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }
    template <class List>
    const char* pick(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }
    const Sort& pickSort() {
        int at = below(100);
        for (const auto& sort : sorts())
            if ((at -= sort.share) < 0) return sort;
        return sorts().back();
    }
    std::string name() {
        const auto person = std::string(pick(kFamily)) + ' ' + pick(kMiddle) + ' ' + pick(kGiven);
        switch (below(4)) {
            case 0:
                return person;
            case 1:
                return std::string(pick(kPlace)) + ' ' + std::to_string(1 + below(30));
            case 2:
                return std::string(pick(kGiven)) + ' ' + pick(kGiven) + ' ' + std::to_string(1 + below(99));
            default:
                return std::string(pick(kFamily)) + ' ' + pick(kGiven) + " – " + pick(kPlace);
        }
    }
    /// Thickest at the centre, thin at the edge.
    Point where() {
        const auto spread = [&] { return (below(2001) - 1000) / 1000.0 * (below(1001) / 1000.0); };
        return {10.776 + 0.35 * spread(), 106.70 + 0.35 * spread()};
    }
    std::mt19937 random_;
};

}  // namespace

std::vector<Entry> bigCity(std::size_t entries, std::uint32_t seed) {
    City city(seed);
    std::vector<Entry> all;
    for (std::size_t number = 0; number < entries; ++number) all.push_back(city.entry(number));
    return all;
}

}  // namespace tram::bench
