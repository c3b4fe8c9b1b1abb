// Says how many files were chosen and how large they are, and what is too much, before a phone
// has sent it all. The server judges every file again.

const MEGABYTE = 1024 * 1024;
const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });

export function tooMuch(files, { count, each, together }) {
  if (files.length > count) return `Có ${files.length} tệp; mỗi lần gửi tối đa ${count} tệp.`;
  const large = files.find((file) => file.size > each);
  if (large) return `“${large.name}” lớn hơn ${each / MEGABYTE} MB.`;
  const sum = files.reduce((bytes, file) => bytes + file.size, 0);
  if (sum > together) return `Các tệp cộng lại quá ${together / MEGABYTE} MB; gửi làm nhiều lần.`;
  return "";
}

export function summary(files) {
  const sum = files.reduce((bytes, file) => bytes + file.size, 0);
  const size =
    sum < MEGABYTE
      ? `${Math.max(1, Math.round(sum / 1024))} KB`
      : `${number.format(sum / MEGABYTE)} MB`;
  return `Đã chọn ${files.length} tệp, ${size}`;
}

export default function start(group) {
  const input = group.querySelector("input[type=file]");
  const line = group.querySelector(".form-count");
  const limits = {
    count: Number(group.dataset.count),
    each: Number(group.dataset.each),
    together: Number(group.dataset.together),
  };
  input.addEventListener("change", () => {
    const files = [...input.files];
    const fault = tooMuch(files, limits);
    line.hidden = files.length === 0;
    line.textContent = fault || summary(files);
    line.classList.toggle("form-count--over", fault !== "");
  });
}
