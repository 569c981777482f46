/** How numbers, sizes and times are written, in both languages alike. The plain parts draw them too. */
export * from '../ui/format/number';
